"""The description of the API, drawn once."""

from django.utils import translation
from drf_spectacular.generators import SchemaGenerator

from crm.rest import tokens  # noqa: F401 - puts the tokens into the description

_drawn: dict = {}


class OnceForAll(SchemaGenerator):
    """Draws the description once in each process and language: it hangs on the code alone, and is the same for everybody."""

    def get_schema(self, request=None, public=False):
        """The description in the language of the reader."""
        wanted = translation.get_language(), public
        if wanted not in _drawn:
            _drawn[wanted] = super().get_schema(request, public)
        return _drawn[wanted]
