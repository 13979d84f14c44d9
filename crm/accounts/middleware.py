"""The language each reader chose, and the second step that administrators may have to set up."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

KNOWN = {code for code, _name in settings.LANGUAGES}


class ReaderLanguage:
    """Speak the language of the person's profile, else of the cookie, else of the house; API callers may ask by header."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with translation.override(self.choose(request)):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language())
        return response

    def choose(self, request):
        if request.path.startswith("/api/"):
            asked = translation.get_language_from_request(request)
            return asked if "Accept-Language" in request.headers and asked in KNOWN else settings.LANGUAGE_CODE
        wanted = getattr(request.user, "language", "") or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        return wanted if wanted in KNOWN else settings.LANGUAGE_CODE


class SecondFactor:
    """Lead administrators without a second step of signing in to where it is set up, once the house asks for it (PRODUCT A15.8)."""

    STILL_OPEN = ("/accounts/", "/language/", "/static/", "/healthz")

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.lead_away(request) if self.is_missing(request) else self.get_response(request)

    def is_missing(self, request):
        """Whether this person must set it up before anything else."""
        user = request.user
        if not settings.ADMINISTRATORS_NEED_SECOND_FACTOR or not user.is_authenticated or request.path.startswith(self.STILL_OPEN):
            return False
        if not (user.is_staff or user.is_superuser or user.may("house.administer")):
            return False
        return not Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()

    def lead_away(self, request):
        """To the page that sets it up; a program is told instead."""
        target, words = reverse("mfa_activate_totp"), _("Administrators sign in with a second step here. Set it up to go on.")
        if request.headers.get("HX-Request"):
            return HttpResponse(status=204, headers={"HX-Redirect": target})
        # A script that fetches something must not be led there: every look at that page makes a new secret.
        if request.path.startswith("/api/") or "text/html" not in request.headers.get("Accept", "text/html"):
            return JsonResponse({"code": "second_factor_missing", "field": "", "message": words, "errors": []}, status=403)
        messages.info(request, words)
        response = redirect(target)
        response.status_code = 303
        return response
