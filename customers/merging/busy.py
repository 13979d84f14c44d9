"""When a merge and others' work hold each other up, the merge gives way with a sentence."""

from functools import wraps

from django.db import OperationalError
from django.utils.translation import gettext_lazy as _

from crm.core.errors import Conflict

HELD_UP = ("40P01", "55P03")  # deadlock detected, lock not available in time


def patiently(verb):
    """Turn a deadlock or a lock that did not come into a refusal that asks to try again."""

    @wraps(verb)
    def tried(*args, **kwargs):
        try:
            return verb(*args, **kwargs)
        except OperationalError as error:
            if getattr(error.__cause__, "pgcode", None) not in HELD_UP:
                raise
            raise Conflict(_("Somebody is working on these records at this moment. Try again."), code="busy") from error

    return tried
