"""The form that asks for a mail."""

from allauth.account.forms import ResetPasswordForm

from crm.accounts import tries
from crm.accounts.lockout import client_address
from crm.notifications import letters


class ResetForm(ResetPasswordForm):
    """Asking for the mail with the link; asked too often, no more mails are sent, and the answer stays the same.

    Nobody is looked up here: a known and an unknown address are the same work until the worker has them.
    """

    def clean_email(self):
        return self.cleaned_data["email"].lower()

    def save(self, request, **kwargs):
        email = self.cleaned_data["email"]
        if tries.reserve(f"mail:{email.casefold()[:150]}", client_address(request)):
            letters.ask_for_reset(email)
        return email
