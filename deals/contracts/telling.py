"""The words for the events of contracts on timelines."""

from decimal import Decimal

from django.utils.translation import gettext as _

from crm.activity.wording import describer
from crm.web.amounts import amount
from deals.contracts import events


@describer(events.CREATED, group="money", icon="file-text", changes=False)
def created(activity, facts):
    """A contract is drafted."""
    return _("Contract drafted"), _which(facts)


@describer(events.UPDATED, group="money", icon="pencil")
def updated(activity, facts):
    """Terms changed; they are listed below."""
    return _("Contract changed"), "" if facts.is_own else activity.data.get("number", "")


@describer(events.SIGNED, group="money", icon="signature", tone="ok", changes=False)
def signed(activity, facts):
    """Both sides have signed."""
    return _("Contract signed"), _which(facts)


@describer(events.STARTED, group="money", icon="player-play", changes=False)
def started(activity, facts):
    """It is being carried out, by hand or because an order was placed."""
    return _("Contract being carried out"), _which(facts)


@describer(events.REOPENED, group="money", icon="player-pause", tone="warn", changes=False)
def reopened(activity, facts):
    """Its order was cancelled, so that nothing is being carried out."""
    return _("Contract waits for an order again"), _which(facts)


@describer(events.COMPLETED, group="money", icon="circle-check", tone="ok", changes=False)
def completed(activity, facts):
    """It is done, by hand or because everything is paid."""
    title = _("Contract completed: everything is paid") if activity.data.get("because") else _("Contract completed")
    return title, _which(facts)


@describer(events.TERMINATED, group="money", icon="circle-x", tone="bad", changes=False)
def terminated(activity, facts):
    """It ended before its time, with the reason."""
    return _("Contract terminated"), f"{_which(facts)} {activity.data['reason']}".strip()


def _which(facts):
    data = facts.activity.data
    worth = amount(facts.actor, "contracts.amount", Decimal(data["amount"]), data["currency"])
    return worth if facts.is_own else f"{data['number']} · {worth}"
