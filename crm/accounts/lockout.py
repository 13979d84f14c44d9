"""Guarding the sign-in: who is counted as whom, what is logged, and what a person sees after too many tries."""

import logging

from axes.handlers.database import AxesDatabaseHandler
from django.conf import settings
from django.db.models import Q
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from crm.accounts import signins, tries
from crm.accounts.models import User

log = logging.getLogger(__name__)


class Guard(AxesDatabaseHandler):
    """django-axes with our count: a try is reserved before the password is checked, whatever comes of it is logged."""

    def is_allowed(self, request, credentials=None):
        allowed = tries.reserve(account_of(typed_name(request, credentials)), request.axes_ip_address)
        request.axes_locked_out = not allowed  # the middleware of axes answers with the page below
        return allowed

    def user_login_failed(self, sender, credentials, request=None, **kwargs):
        if request is None:
            return
        name = typed_name(request, credentials)[:255]
        outcome = signins.Outcome.LOCKED if request.axes_locked_out else signins.Outcome.WRONG
        signins.failed(request, name, request.axes_ip_address or "", outcome)
        if request.axes_locked_out:
            request.axes_credentials = credentials
            log.warning("no more tries for “%s” from %s", name, request.axes_ip_address)

    def user_logged_in(self, sender, request, user, **kwargs):
        super().user_logged_in(sender, request, user, **kwargs)
        tries.succeeded(account_key(user), request.axes_ip_address)


def typed_name(request, credentials=None) -> str:
    """What was typed as the name, by whichever form or path."""
    given = credentials or {}
    return str(given.get("username") or given.get("email") or request.POST.get("login", "")).strip().replace("\0", "")


def account_of(typed: str) -> str:
    """The account a name stands for: user name and mail address are one account, an unknown name is one by itself."""
    user = User.objects.filter(Q(username__iexact=typed) | Q(email__iexact=typed)).only("pk").first()
    return account_key(user) if user else f"name:{typed.casefold()[:150]}"


def account_key(user) -> str:
    """What tries at this person's account are counted under."""
    return f"user:{user.pk}"


@never_cache
def locked_out(request, response, credentials=None):
    """The page that says how long to wait; the same for known and unknown names."""
    return render(request, "account/locked_out.html", {"minutes": int(tries.WINDOW.total_seconds() // 60)}, status=429)


def client_address(request):
    """The caller's address; X-Forwarded-For is believed only as far as our own proxies wrote it."""
    forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    hops = settings.TRUSTED_PROXIES
    if hops and len(forwarded) >= hops:
        return forwarded[-hops][:64]
    return request.META.get("REMOTE_ADDR", "")
