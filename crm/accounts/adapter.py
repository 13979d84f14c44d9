"""How django-allauth behaves in this house."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from crm.accounts import services, signins, tries
from crm.accounts.lockout import account_key, client_address


class NoSignup(DefaultAccountAdapter):
    """Accounts are made by an administrator; mails name SITE_URL and never the host a request claims."""

    def is_open_for_signup(self, request):
        return False

    def get_client_ip(self, request):
        return client_address(request)

    def get_reset_password_from_key_url(self, key):
        # allauth's key is "<user>-<token>", which its own address pattern splits again.
        user, _dash, token = key.partition("-")
        return settings.SITE_URL + reverse("account_reset_password_from_key", kwargs={"uidb36": user, "key": token})

    def post_login(self, request, user, **kwargs):
        """After the last step of signing in."""
        response = super().post_login(request, user, **kwargs)
        signins.worked(request, response, user, client_address(request))
        return response

    def send_mail(self, template_prefix, email, context):
        """Send a mail in the language of who reads it."""
        context = {"email": email, "site_url": settings.SITE_URL} | context | {"request": None}
        with translation.override(getattr(context.get("user"), "language", "") or translation.get_language()):
            self.render_mail(template_prefix, email, context).send()

    def set_password(self, user, password):
        services.set_password(user, password, by=user)
        tries.forgive(account_key(user))
