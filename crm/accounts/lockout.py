"""What a person sees after too many wrong passwords, and whose address counts."""

from django.conf import settings
from django.shortcuts import render


def locked_out(request, credentials=None, *args, **kwargs):
    """The page that says how long to wait; the same for known and unknown names."""
    return render(request, "account/locked_out.html", {"minutes": 15}, status=429)


def client_address(request):
    """The caller's address; X-Forwarded-For is believed only as far as our own proxies wrote it."""
    forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    hops = settings.TRUSTED_PROXIES
    if hops and len(forwarded) >= hops:
        return forwarded[-hops]
    return request.META.get("REMOTE_ADDR", "")
