"""The settings of a project that has just been started: Django's own middleware and nothing else."""

from django.conf import settings
from django.test import override_settings

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
SIGN_IN = "django.contrib.auth.backends.ModelBackend"


def plain():
    """While it is entered, requests meet plain Django."""
    engine = dict(settings.TEMPLATES[0])
    processors = ["django.template.context_processors.request", "django.contrib.auth.context_processors.auth"]
    engine["OPTIONS"] = {"context_processors": processors}
    return override_settings(ROOT_URLCONF="bench.floor.urls", MIDDLEWARE=MIDDLEWARE, TEMPLATES=[engine], AUTHENTICATION_BACKENDS=[SIGN_IN])
