"""What happens around every request: its id, the sign-in gate, and refusals put into words in one place."""

import re
import secrets

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import JsonResponse
from django.shortcuts import render
from django.urls import resolve

from crm.core import context
from crm.core.errors import Refusal, no_room_of
from crm.core.successors import MovedOn
from crm.web import movedon

SAFE = ("GET", "HEAD", "OPTIONS")
# Whose forms answer as their makers wanted.
NOT_OURS = ("/accounts/", "/admin/")
# What a proxy in front may call a request; anything else could forge lines of the log.
WELL_FORMED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")
OPEN_PREFIXES = ("/healthz", "/metrics", "/accounts/", "/static/", "/language/", "/setup/")


class RequestId:
    """Give each request an id that the log, the error page and its jobs share (a proxy's own is taken over), and mark its path."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        given = request.headers.get("X-Request-ID", "")
        request.request_id = given if WELL_FORMED.fullmatch(given) else secrets.token_hex(4).upper()
        path = "api" if request.path.startswith("/api/") else "page"
        with context.coming_by(path, request.request_id, path=request.path):
            response = self.get_response(request)
        response["X-Request-Id"] = request.request_id
        return response


class SignInRequired:
    """Nobody sees a page without signing in; what is open is listed here and nowhere else."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.user.is_authenticated:
            context.note(user=request.user.pk)
            return None
        if request.path.startswith((*OPEN_PREFIXES, "/api/")):
            return None
        if request.headers.get("HX-Request"):
            response = JsonResponse({}, status=401)
            response["HX-Redirect"] = settings.LOGIN_REDIRECT_URL
            return response
        return redirect_to_login(request.get_full_path())


class SeeOther:
    """After a form of somebody who is signed in the browser fetches another page: 303, whichever way a view says so."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        ours = request.user.is_authenticated and not request.path.startswith(NOT_OURS)
        if response.status_code == 302 and request.method not in SAFE and ours:
            response.status_code = 303
        return response


class Refusals:
    """Turn the typed errors of verbs into pages: 403, 409, 422 and 507, with the sentence and what to do."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_exception(self, request, exception):
        if request.path.startswith("/api/"):
            return None
        if isinstance(exception, MovedOn):
            return movedon.answer(request, exception)
        exception = no_room_of(exception) or exception
        if not isinstance(exception, Refusal):
            return None
        template = "web/refusal_fragment.html" if request.htmx else "web/refusal.html"
        return render(request, template, {"refusal": exception, "match": resolve(request.path)}, status=exception.status)
