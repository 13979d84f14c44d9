"""Why a lead is mine: the last entry of the ledger of owners that gave it to me, in words."""

from django.utils.translation import gettext as _

from crm.activity.models import OwnershipChange
from crm.activity.spine import kind_of
from crm.web import formats
from customers.companies import options
from deals.leads.models import Lead

# So long a topic is told whole in the list.
TOPIC = 24


def why_me(lead) -> str:
    """How the lead came to its owner, by whom and when; empty for one without an owner or of an earlier program."""
    if lead.owner_id is None:
        return ""
    ledger = OwnershipChange.objects.filter(kind=kind_of(Lead), object_id=lead.pk, to_owner_id=lead.owner_id)
    last = ledger.select_related("from_pool", "actor").order_by("-id").first()
    return _words(last) if last else ""


def topic_of(lead) -> str:
    """What it is about, in a few words: its need, else where it came from."""
    if lead.need:
        first = lead.need.strip().splitlines()[0]
        return first if len(first) <= TOPIC else f"{first[: TOPIC - 1]}…"
    return str(options.labels("source").get(lead.source, ""))


def _words(last):
    own = last.actor_id == last.to_owner_id
    facts = {"when": formats.ago(last.at), "who": last.actor, "pool": last.from_pool or ""}
    if last.cause == "claimed":
        return _("You claimed it from %(pool)s %(when)s.") % facts
    if last.cause == "created":
        return _("You entered it %(when)s.") % facts if own else _("%(who)s entered it for you %(when)s.") % facts
    found = _("Came back to you %(when)s, when %(who)s took a hand-over back.") if last.cause == "undone" else _("%(who)s gave it to you %(when)s.")
    return " ".join(filter(None, (_("You took it %(when)s.") % facts if own and last.cause != "undone" else found % facts, last.reason)))
