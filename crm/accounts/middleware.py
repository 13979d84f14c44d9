"""The language each reader chose."""

from django.conf import settings
from django.utils import translation

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
