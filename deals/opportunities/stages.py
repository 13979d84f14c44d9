"""Entering a stage, whichever verb leads there: the row, both ledgers and the event say the same."""

from crm.activity.spine import state_changed
from crm.core import clock
from deals.opportunities.models import Stage, StageChange

CLOSED = (Stage.Kind.WON, Stage.Kind.LOST, Stage.Kind.VOID)


def first_stage():
    """Where every opportunity begins."""
    return Stage.objects.filter(kind=Stage.Kind.OPEN).earliest("position")


def stage_of(kind):
    """The stage of a kind of which there is one: order pending, won, lost, void."""
    return Stage.objects.filter(kind=kind).earliest("position")


def enter(opportunity, stage, found, *fields, at=None, note="", is_override=False):
    """Put the opportunity into a stage and store it with `fields`; `at` dates what happened earlier, never before the last move."""
    before = opportunity.stage if opportunity.stage_id else None
    moment = at or clock.now()
    if before is not None and moment < opportunity.stage_since:
        moment = opportunity.stage_since
    opportunity.stage, opportunity.state, opportunity.stage_since = stage, stage.kind, moment
    opportunity.closed_at = moment if stage.kind in CLOSED else None
    if opportunity.pk is None:
        opportunity.save(force_insert=True)
    else:
        opportunity.store("stage", "state", "stage_since", "closed_at", *fields)
    StageChange.objects.create(**change_of(opportunity, before, found, note=note, is_override=is_override))
    with clock.at(moment):
        state_changed(found, opportunity, from_state=before.code if before else "", to_state=stage.code)
    tell(found, opportunity, before)


def change_of(opportunity, before, found, *, note="", is_override=False):
    """The fields of a row in the history of stages."""
    return {
        "opportunity": opportunity,
        "from_stage": before,
        "to_stage": opportunity.stage,
        "at": opportunity.stage_since,
        "actor": found.actor,
        "amount": opportunity.amount,
        "expected_close": opportunity.expected_close,
        "is_override": is_override,
        "note": note[:300],
        "activity_id": found.id,
    }


def tell(found, opportunity, before=None):
    """What a timeline needs to say which opportunity went where, and whose timelines say it."""
    close = opportunity.expected_close
    found.data.update(
        to=opportunity.stage.code,
        name=opportunity.name,
        currency=opportunity.currency,
        amount=None if opportunity.amount is None else str(opportunity.amount),
        expected_close=close and close.isoformat(),
    )
    if before is not None:
        found.data["from"] = before.code
    found.about_of(opportunity, "contact", "company", "lead")
