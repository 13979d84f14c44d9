"""The book of sign-ins, and the browsers in which a person has signed in before (PRODUCT A15.8)."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from crm.accounts import events
from crm.accounts.models import SignInRecord, User
from crm.accounts.tries import WINDOW
from crm.activity.spine import event
from crm.core import clock

Outcome = SignInRecord.Outcome
# No browser keeps a cookie for longer. It is signed and holds the ids of the people who signed in there.
KEPT = timedelta(days=400)
MOST_PEOPLE = 20
BROWSERS = {"MicroMessenger": "WeChat", "Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
SYSTEMS = {"iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "Windows": "Windows", "Mac OS": "macOS", "Linux": "Linux"}


def failed(request, name, address, outcome) -> None:
    """Note a sign-in that did not work; of many that meet a locked door, one for each quarter of an hour."""
    if outcome == Outcome.LOCKED:
        lately = SignInRecord.objects.filter(address=address, name=name[:160], outcome=outcome, at__gt=clock.now() - WINDOW)
        if lately.exists():
            return
    user = User.objects.filter(Q(username__iexact=name) | Q(email__iexact=name)).only("pk").first()
    _note(request, outcome, user, name, address)


def worked(request, response, user, address) -> None:
    """Note a sign-in, and an event where the person has signed in before but never in this browser; remember the browser."""
    people = _people_of(request)
    is_new = str(user.pk) not in people
    with transaction.atomic():
        known = SignInRecord.objects.filter(user=user, outcome=Outcome.WORKED).exists()
        found = _note(request, Outcome.WORKED, user, user.username, address, is_new_device=is_new)
        if is_new and known:
            with event(events.NEW_DEVICE, by=user, subject=user) as told:
                told.data.update(address=address, device=in_words(found.device))
    people = [str(user.pk), *(pk for pk in people if pk != str(user.pk))][:MOST_PEOPLE]
    response.set_signed_cookie(
        settings.DEVICE_COOKIE_NAME, ".".join(people), max_age=int(KEPT.total_seconds()), secure=settings.SECURE_COOKIES, httponly=True, samesite="Lax"
    )


def in_words(device) -> str:
    """What a person calls the device: the browser and the system it says it is."""
    names = [next((words for mark, words in marks.items() if mark in device), "") for marks in (BROWSERS, SYSTEMS)]
    return " · ".join(filter(None, names)) or device[:40]


def _people_of(request):
    kept = request.get_signed_cookie(settings.DEVICE_COOKIE_NAME, "", max_age=int(KEPT.total_seconds()))
    return [pk for pk in kept.split(".") if pk]


def _note(request, outcome, user, name, address, **more):
    device = request.META.get("HTTP_USER_AGENT", "").replace("\0", "")[:300] if request else ""
    return SignInRecord.objects.create(at=clock.now(), outcome=outcome, user=user, name=name[:160], address=address[:64], device=device, **more)
