"""Signing in by name or e-mail; who is signed in is read with role and team in one statement."""

from allauth.account.auth_backends import AuthenticationBackend

from crm.accounts.models import User
from crm.core.reading import one


class SignIn(AuthenticationBackend):
    """allauth's check of name, e-mail and password, with our way of loading the person."""

    def get_user(self, user_id):
        user = one(User.objects.with_rights().filter(pk=user_id))
        return user if user is not None and self.user_can_authenticate(user) else None
