"""What people and programs see when Django itself refuses or something broke: a page in their language, or one error object."""

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _


def not_found(request, exception):
    """404: the same words for what does not exist and for what is not for this person."""
    if _is_program(request):
        return _object(request, 404, "not_found", _("There is nothing here"))
    return render(request, "404.html", status=404)


def not_allowed(request, exception):
    """403 of a page."""
    if _is_program(request):
        return _object(request, 403, "permission_denied", _("You cannot see this page"))
    return render(request, "403.html", status=403)


def bad_request(request, exception):
    """400: a request no browser of ours would send. Nothing of it is repeated, and nobody is looked up for it."""
    if _is_program(request):
        return _object(request, 400, "bad_request", _("This request cannot be understood."))
    return _bare(request, "400.html", 400)


def forged(request, reason=""):
    """403: a form without the mark of our own page, mostly one that was left open too long."""
    return _bare(request, "403_csrf.html", 403)


def broken(request):
    """500: drawn without the database and without the person, as either may be what broke."""
    if _is_program(request):
        return _object(request, 500, "server_error", _("Something broke on our side."))
    return _bare(request, "500.html", 500)


def _is_program(request):
    return request.path.startswith("/api/")


def _object(request, status, code, message):
    body = {"code": code, "field": "", "message": str(message), "errors": [], "request_id": _id_of(request)}
    return JsonResponse(body, status=status)


def _bare(request, template, status):
    lang = "zh-Hans" if (get_language() or "").startswith("zh") else "en"
    context = {"lang": lang, "languages": settings.LANGUAGES, "request_id": _id_of(request)}
    return HttpResponse(render_to_string(template, context), status=status)


def _id_of(request):
    return getattr(request, "request_id", "")
