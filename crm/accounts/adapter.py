"""How django-allauth behaves in this house."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.urls import reverse


class NoSignup(DefaultAccountAdapter):
    """Accounts are made by an administrator; links in mails come from SITE_URL and never from the request's host."""

    def is_open_for_signup(self, request):
        return False

    def get_reset_password_from_key_url(self, key):
        return settings.SITE_URL + reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"}).replace(
            "UID-KEY", key
        )
