"""The link by which a person sets a password: forgotten, or never had because an administrator added them."""

from datetime import datetime, timedelta

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.utils.http import int_to_base36
from django.utils.timezone import make_naive

from crm.core import clock


class Keys(PasswordResetTokenGenerator):
    """The secret part of such a link. It dies with a new password, a sign-in, another address, a newer invitation and a deactivation."""

    def __init__(self, moment: datetime | None = None):
        super().__init__()
        self.moment = moment

    def _make_hash_value(self, user, timestamp):
        invited = user.invited_at.timestamp() if user.invited_at else ""
        return f"{super()._make_hash_value(user, timestamp)}{user.is_active}{invited}"

    def _now(self):
        return make_naive(self.moment or clock.now())


def link(user) -> str:
    """The address of the open invitation: whoever asks gets the same one, so that it is kept nowhere; "" when there is none."""
    if not user.is_active or user.invited_at is None or valid_until(user) <= clock.now():
        return ""
    key = Keys(user.invited_at).make_token(user)
    return get_adapter().get_reset_password_from_key_url(f"{int_to_base36(user.pk)}-{key}")


def valid_until(user) -> datetime:
    """When the link of the invitation expires."""
    return user.invited_at + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
