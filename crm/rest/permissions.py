"""Who may call the API at all, and what a token's scopes leave."""

from rest_framework.permissions import BasePermission

SAFE = ("GET", "HEAD", "OPTIONS")


class Signed(BasePermission):
    """A signed-in person or a token whose scopes cover the noun: `leads:read`, `leads:write`, `*:read`, `*:write`."""

    def has_permission(self, request, view):
        if not request.user or not request.user.is_authenticated:
            return False
        token = request.auth
        if token is None or not hasattr(token, "scopes"):
            return True
        noun = getattr(view, "noun", "")
        verb = "read" if request.method in SAFE else "write"
        wanted = {f"{noun}:{verb}", f"*:{verb}"} | ({f"{noun}:write", "*:write"} if verb == "read" else set())
        return bool(wanted & set(token.scopes))
