"""When a session ends by itself: after a pause, and in any case after a working day."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.sessions.models import Session

from crm.core import clock

SEEN_EVERY = timedelta(minutes=5)


class SessionEnds:
    """Sign a person out who was away too long, or whose session is as old as it may get."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "_auth_user_id" in request.session:
            self.check(request)
        return self.get_response(request)

    def check(self, request):
        """Compare the session's two dates with the clock; the second is written anew every few minutes."""
        now = clock.now()
        since = _moment(request.session.get("since"), now)
        seen = _moment(request.session.get("seen"), now)
        if now - since > timedelta(seconds=settings.SESSION_COOKIE_AGE) or now - seen > settings.SESSION_PAUSE:
            logout(request)
            return
        if "since" not in request.session or now - seen > SEEN_EVERY:
            request.session["since"], request.session["seen"] = since.isoformat(), now.isoformat()


def end_all(user) -> None:
    """Remove every session of a person."""
    mine = [s.pk for s in Session.objects.iterator() if s.get_decoded().get("_auth_user_id") == str(user.pk)]
    Session.objects.filter(pk__in=mine).delete()


def _moment(text, otherwise):
    return datetime.fromisoformat(text) if text else otherwise
