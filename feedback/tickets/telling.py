"""The words for the events of feedback: on timelines, and to those who are told of them."""

from django.utils.translation import gettext as _

from crm.activity.wording import describer
from crm.notifications.notices import Told, on, says
from feedback.tickets import events
from feedback.tickets.models import Ticket

GROUP = "feedback"


@describer(events.CREATED, group=GROUP, icon="message-report", changes=False, people=("to",))
def created(activity, facts):
    """It came in and found its owner."""
    return _which(facts, _("Feedback came in"), _("Feedback %(number)s came in")), _("Goes to %(name)s") % {"name": facts.name("to")}


@describer(events.UPDATED, group=GROUP, icon="pencil")
def updated(activity, facts):
    """What is known of it changed."""
    return _which(facts, _("Feedback changed"), _("Feedback %(number)s changed"))


@describer(events.RESPONDED, group=GROUP, icon="message-2", changes=False)
def responded(activity, facts):
    """The customer has had an answer."""
    return _which(facts, _("Answered"), _("Feedback %(number)s answered"))


@describer(events.WAITING, group=GROUP, icon="player-pause", changes=False)
def waiting(activity, facts):
    """It is the customer's turn."""
    return _which(facts, _("Waits for the customer"), _("Feedback %(number)s waits for the customer"))


@describer(events.RESUMED, group=GROUP, icon="player-play", changes=False)
def resumed(activity, facts):
    """It is our turn again."""
    return _which(facts, _("The customer has answered"), _("Feedback %(number)s: the customer has answered"))


@describer(events.RESOLVED, group=GROUP, icon="circle-check", tone="ok", changes=False)
def resolved(activity, facts):
    """It is solved."""
    return _which(facts, _("Resolved"), _("Feedback %(number)s resolved"))


@describer(events.CLOSED, group=GROUP, icon="archive", changes=False)
def closed(activity, facts):
    """The customer agrees, and was perhaps asked how satisfied he is."""
    stars = activity.data.get("satisfaction")
    return _which(facts, _("Feedback closed"), _("Feedback %(number)s closed")), _("Satisfaction %(stars)d of 5") % {"stars": stars} if stars else ""


@describer(events.REOPENED, group=GROUP, icon="arrow-back-up", tone="warn", changes=False)
def reopened(activity, facts):
    """It was not solved after all, with the reason."""
    return _which(facts, _("Opened again"), _("Feedback %(number)s opened again")), activity.data["reason"]


@describer(events.DUE, group=GROUP, icon="clock-stop", tone="bad", changes=False)
def due(activity, facts):
    """It should have been solved by now."""
    return _which(facts, _("Fell due"), _("Feedback %(number)s fell due"))


@on(events.CREATED)
@on(events.ASSIGNED)
def new_owner(activity):
    """Whoever gets feedback hears of it."""
    ticket = _ticket(activity)
    return [_told(ticket)] if ticket and ticket.owner_id else []


@says(events.CREATED)
@says(events.ASSIGNED)
def new_owner_words(facts):
    """The words for feedback that is now yours."""
    return _("Feedback for you: %(title)s") % facts, facts["company"]


@on(events.DUE)
def fell_due(activity):
    """The owner hears that it has fallen due, once for each due time."""
    ticket = _ticket(activity)
    return [_told(ticket, own=True, key=f"tickets.due:{ticket.pk}:{activity.data['due_at']}")] if ticket and ticket.owner_id else []


@says(events.DUE)
def fell_due_words(facts):
    """The words for feedback that is late."""
    return _("Feedback is due: %(title)s") % facts, facts["company"]


def _ticket(activity):
    return Ticket.objects.live().select_related("company").filter(pk=activity.object_id).first()


def _told(ticket, **how):
    facts = {"title": ticket.name, "company": str(ticket.company or ""), "number": ticket.number}
    return Told(ticket.owner_id, facts, f"/feedback/tickets/{ticket.pk}/", **how)


def _which(facts, own, other):
    return own if facts.is_own else other % {"number": facts.activity.data.get("number", "")}
