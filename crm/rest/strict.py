"""Fields that no endpoint asked for: refused by their names or left alone, and never without a line in the log (LIMITS S3)."""

import json
import logging

from rest_framework.exceptions import APIException

UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}
MOST, LONGEST = 20, 60
log = logging.getLogger(__name__)


def note(request, names, outcome) -> None:
    """One line for an administrator to look for: who sent which names where. Values are never written."""
    told = {
        "outcome": outcome,
        "endpoint": f"{request.method} {request.resolver_match.view_name}",
        "actor": request.user.pk,
        "fields": [str(name)[:LONGEST] for name in sorted(names, key=str)[:MOST]],
    }
    log.warning("foreign fields %s", json.dumps(told))


class Strict:
    """What every endpoint does with a body: it is read through an `Input`, or whatever it holds is noted and left alone."""

    def read(self, input_class, *, partial=False):
        """The body, checked for its shape; the verb checks the rest."""
        self.request.is_read = True
        serializer = input_class(data=self.request.data, partial=partial, context={"request": self.request})
        serializer.is_valid(raise_exception=True)
        return serializer.validated_data

    def finalize_response(self, request, response, *args, **kwargs):
        """Note what came along with a verb that asks for nothing."""
        if request.method in UNSAFE and response.status_code < 400 and not hasattr(request, "is_read"):
            names = _names(request)
            if names:
                note(request, names, "ignored")
        return super().finalize_response(request, response, *args, **kwargs)


def _names(request):
    try:
        data = request.data
    except APIException:  # no JSON at all; the verb did not look at it either
        return ["(unreadable)"]
    return data if isinstance(data, dict) else ["(no object)"] if data else []
