"""Limits per key, counted apart, so that one noisy key does not starve another."""

from rest_framework.throttling import SimpleRateThrottle


class PerKey(SimpleRateThrottle):
    """So many calls a minute for each token, or for each signed-in person without one."""

    scope = "key"

    def get_cache_key(self, request, view):
        token = getattr(request.auth, "pk", None)
        if token:
            return f"throttle:token:{token}"
        return f"throttle:user:{request.user.pk}" if request.user and request.user.is_authenticated else None

    def allow_request(self, request, view):
        try:
            allowed = super().allow_request(request, view)
        except ConnectionError:
            return True  # reading must go on while Redis is away; signing in is limited in PostgreSQL
        return allowed
