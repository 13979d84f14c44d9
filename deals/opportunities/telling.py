"""The words for what happens to opportunities, on timelines and in notices."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from crm.activity.wording import describer
from crm.notifications.notices import Told, on, says
from crm.web import formats
from deals.opportunities import events
from deals.opportunities.names import stage_words


def subject(activity, facts):
    """The name of the opportunity, where the timeline is somebody else's."""
    return "" if facts.is_own else activity.data.get("name", "")


def told(activity, facts, words):
    """“Name: words”, or the words alone on the opportunity's own page."""
    name = subject(activity, facts)
    return _("%(name)s: %(words)s") % {"name": name, "words": words} if name else words


def money_and_day(activity):
    """The expected amount and close that were in force."""
    data = activity.data
    parts = []
    if data.get("amount"):
        parts.append(formats.money(Decimal(data["amount"]), data.get("currency", "CNY")))
    if data.get("expected_close"):
        parts.append(_("expected close %(day)s") % {"day": formats.day(date.fromisoformat(data["expected_close"]))})
    return " · ".join(parts)


@describer(events.CREATED, group="deal", icon="plus", changes=False)
def created(activity, facts):
    """A new chance to sell."""
    return told(activity, facts, _("opportunity opened"))


@describer(events.MOVED, group="deal", icon="arrow-right", changes=False)
def moved(activity, facts):
    """From stage to stage."""
    words = _("from %(before)s to %(now)s") % {"before": stage_words(activity.data.get("from")), "now": stage_words(activity.data["to"])}
    return told(activity, facts, words)


@describer(events.CONTRACT_SIGNED, group="deal", icon="hourglass", changes=False)
def signed(activity, facts):
    """The contract is signed; the order is what is left."""
    return told(activity, facts, _("contract signed, waiting for the order"))


@describer(events.WON, group="deal", icon="circle-check", changes=False)
def won(activity, facts):
    """The order was placed."""
    return told(activity, facts, _("won"))


@describer(events.LOST, group="deal", icon="circle-x", changes=False)
def lost(activity, facts):
    """The sale was lost."""
    competitor = activity.data.get("competitor", "")
    return told(activity, facts, _("lost")), _("Competitor: %(name)s") % {"name": competitor} if competitor else ""


@describer(events.VOIDED, group="deal", icon="circle-dashed", changes=False)
def voided(activity, facts):
    """It never was a chance to sell."""
    return told(activity, facts, _("void")), activity.data.get("reason", "")


@describer(events.REOPENED, group="deal", icon="refresh", changes=False)
def reopened(activity, facts):
    """A closed sale is alive again."""
    return told(activity, facts, _("reopened in %(stage)s") % {"stage": stage_words(activity.data["to"])}), activity.data.get("note", "")


@on(events.ASSIGNED)
def tell_new_owner(activity):
    """Whoever gets an opportunity is told."""
    return [Told(activity.data["to"], {}, url=f"/deals/opportunities/{activity.object_id}/")]


@says(events.ASSIGNED)
def assigned_words(facts):
    """The sentence of that notice."""
    return _("An opportunity was handed to you")
