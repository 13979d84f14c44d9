"""One form for every error of the API: `{"code", "field", "message", "errors"}` in the reader's language."""

import re

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from crm.core.errors import Invalid, Refusal, no_room_of
from crm.core.successors import MovedOn

PLACE = re.compile(r"line (?P<line>\d+) column (?P<column>\d+)")


def answer(exception, context):
    """Turn what a verb or DRF raised into one answer; unknown exceptions stay a 500."""
    if isinstance(exception, MovedOn):
        return _moved_on(exception, context["request"])
    if isinstance(exception, Http404):
        exception = exceptions.NotFound()
    elif isinstance(exception, PermissionDenied):
        exception = exceptions.PermissionDenied()
    elif isinstance(exception, exceptions.ParseError):
        # Where it breaks off is said by Python, in English; that it does is said in the reader's language.
        place = PLACE.search(str(exception.detail))
        words = _("The body is no valid JSON (line %(line)s, column %(column)s).") % place.groupdict() if place else _("The body cannot be read.")
        exception = exceptions.ParseError(words)
    exception = no_room_of(exception) or exception
    if isinstance(exception, Refusal):
        set_rollback()
        return Response(refusal(exception), status=exception.status)
    if not isinstance(exception, exceptions.APIException):
        return None
    set_rollback()
    headers = {}
    if getattr(exception, "auth_header", None):
        headers["WWW-Authenticate"] = exception.auth_header
    if getattr(exception, "wait", None):
        headers["Retry-After"] = str(int(exception.wait))
    if isinstance(exception, exceptions.ValidationError):
        return Response(_invalid(exception.detail), status=422, headers=headers)
    code = getattr(exception.detail, "code", exception.default_code)
    body = {"code": code, "field": "", "message": str(exception.detail), "errors": []}
    return Response(body, status=exception.status_code, headers=headers)


def refusal(found: Refusal) -> dict:
    """The body for a verb's refusal."""
    errors = []
    if isinstance(found, Invalid):
        errors = [{"field": field, "code": found.code, "message": str(message)} for field, messages in found.errors.items() for message in messages]
    body = {"code": found.code, "field": found.field, "message": str(found), "errors": errors}
    if matches := found.facts.get("matches"):
        # What the record would repeat, as far as the caller may know it.
        body["matches"] = [one.plain() for one in matches]
    if obstacles := found.facts.get("obstacles"):
        # What stands in the way, and the choice that leads round it.
        body["obstacles"] = [one.plain() for one in obstacles]
    return body


def _moved_on(moved, request):
    """308 to the record that was kept for whoever reads; 409 that names it for whoever wants to change something."""
    set_rollback()
    match = request.resolver_match
    onward = reverse(match.view_name, kwargs=match.kwargs | {"pk": moved.successor})
    body = refusal(moved.refusal) | {"survivor": moved.successor}
    return Response(body, status=308 if request.method in ("GET", "HEAD") else 409, headers={"Location": request.build_absolute_uri(onward)})


def _invalid(detail):
    errors = list(_flat(detail))
    first = errors[0] if errors else {"field": "", "message": _("The input cannot be taken.")}
    return {"code": "invalid", "field": first["field"], "message": first["message"], "errors": errors}


def _flat(detail, path=""):
    if isinstance(detail, dict):
        for key, value in detail.items():
            name = "" if key == "non_field_errors" else str(key)
            yield from _flat(value, f"{path}.{name}".strip("."))
    elif isinstance(detail, list):
        for number, value in enumerate(detail):
            nested = isinstance(value, dict | list)
            yield from _flat(value, f"{path}.{number}".strip(".") if nested else path)
    else:
        yield {"field": path, "code": getattr(detail, "code", "invalid"), "message": str(detail)}
