"""API tokens: opaque, stored as a hash, limited in scope and time."""

import hashlib
import secrets
from datetime import timedelta

from django.utils.translation import gettext_lazy as _
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed

from crm.accounts.models import ApiToken
from crm.core import clock, context
from crm.core.reading import one
from crm.core.rights import nouns

USED_EVERY = timedelta(minutes=1)


def issue(*, user, name, scopes, days=90):
    """Make a token for a person; the secret is returned once and kept nowhere."""
    secret = "km_" + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        name=name,
        user=user,
        digest=digest(secret),
        prefix=secret[:10],
        scopes=list(scopes),
        expires_at=clock.now() + timedelta(days=days),
    )
    return token, secret


def scopes():
    """Everything a token can be allowed: reading or writing one noun, or all."""
    return [f"{noun}:{verb}" for noun in ("*", *(noun.name for noun in nouns)) for verb in ("read", "write")]


def scope_choices():
    """The scopes with their words."""
    labels = {"*": _("Everything")} | {noun.name: noun.label for noun in nouns}
    verbs = {"read": _("%(what)s: read"), "write": _("%(what)s: read and change")}
    return [(f"{noun}:{verb}", words % {"what": label}) for noun, label in labels.items() for verb, words in verbs.items()]


def digest(secret):
    """What of a secret is stored."""
    return hashlib.sha256(secret.encode()).hexdigest()


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer km_…`: the request acts as the token's owner, within its scopes."""

    keyword = b"bearer"

    def authenticate(self, request):
        parts = get_authorization_header(request).split()
        if len(parts) != 2 or parts[0].lower() != self.keyword:
            return None
        token = self._find(parts[1].decode("latin-1"))
        context.note(user=token.user_id)
        return token.user, token

    def authenticate_header(self, request):
        return "Bearer"

    def _find(self, secret):
        now = clock.now()
        token = one(ApiToken.objects.select_related("user__role", "user__team").filter(digest=digest(secret)))
        if token is None or token.revoked_at or token.expires_at <= now or not token.user.is_active:
            raise AuthenticationFailed(_("This token is unknown, revoked or expired."))
        if token.last_used_at is None or now - token.last_used_at > USED_EVERY:
            ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
        return token
