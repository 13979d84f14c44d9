"""Who gets new feedback when nobody was named: whoever has the role for it and the least to do (A12.1)."""

from django.db.models import Count, Q

from crm.accounts.models import User
from feedback.tickets.models import Ticket
from feedback.tickets.queryset import OPEN_STATES

# Category → codes of the roles that look after it, the first that has people wins.
ROLES = {
    Ticket.Category.PRODUCT: ("presales",),
    Ticket.Category.SERVICE: ("service",),
    Ticket.Category.COMPLAINT: ("service",),
}


def route(category, actor):
    """The person, and why: the code of the role, or "actor" for whoever took the feedback in."""
    for role in ROLES.get(category, ()):
        if person := _least_busy(role):
            return person, role
    return actor, "actor"


def _least_busy(role):
    holders = User.objects.filter(role__code=role, is_active=True).values_list("pk", flat=True)
    load = dict.fromkeys(sorted(holders), 0)
    counted = Ticket.objects.live().filter(Q(owner__in=list(load)), state__in=OPEN_STATES).values("owner")
    load.update(counted.annotate(open=Count("pk")).order_by().values_list("owner", "open"))
    return User.objects.with_rights().get(pk=min(load, key=load.get)) if load else None
