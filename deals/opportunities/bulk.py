"""Opening many opportunities in one go, as an import does."""

from crm.activity import ownership
from crm.activity.ledgers import owners_given, states_changed
from crm.activity.spine import event, record_many
from crm.core import clock
from crm.core.bulk import insert_many
from crm.core.policy import require
from customers.companies import services as companies
from customers.companies.models import Step
from deals.opportunities import events, gates
from deals.opportunities.models import Opportunity, Stage, StageChange
from deals.opportunities.services import apply
from deals.opportunities.stages import change_of, first_stage


def create_many(rows, *, by, owner_of=None, opened=None, stage_of=None):
    """Open opportunities: `rows` are clean values; one event each; refused rows must be sorted out before.

    Functions of the values: `owner_of` (the actor unless said otherwise), `opened` when, `stage_of` in which open stage.
    A later stage without what it asks for needs the right to override, and is marked so in the history.
    """
    with event(events.CREATED, by=by):
        require(by, "opportunities.create")
        first, stages = first_stage(), list(Stage.objects.filter(kind=Stage.Kind.OPEN))
        made, skipped = [], set()
        for values in rows:
            opportunity = _build(values, (owner_of and owner_of(values)) or by, (opened and opened(values)) or clock.now(), first)
            stage = (stage_of and stage_of(values)) or first
            if gates.missing(opportunity, stage, stages):
                require(by, "opportunities.override")
                skipped.add(id(opportunity))
            opportunity.stage, opportunity.state = stage, stage.kind
            made.append(opportunity)
        insert_many(made)
        _record(made, skipped, by)
        _reach(made)
        return made


def _build(values, owner, opened_at, stage):
    opportunity = Opportunity(created_at=clock.now(), updated_at=clock.now(), opened_at=opened_at, stage_since=opened_at, stage=stage)
    ownership.own(opportunity, owner, values.get("company"))
    apply(opportunity, values)
    return opportunity


def _record(made, skipped, by):
    found = record_many(
        events.CREATED,
        made,
        by=by,
        about=lambda row: [row.contact, row.company],
        data=lambda row: {"to": row.stage.code, "name": row.name, "currency": row.currency, "amount": None if row.amount is None else str(row.amount)},
        at=lambda row: row.opened_at,
    )
    owners_given(found, cause="created")
    insert_many(StageChange(**change_of(one.subject, None, one, is_override=id(one.subject) in skipped)) for one in found)
    states_changed(found, before=lambda row: "", after=lambda row: row.stage.code, at=lambda row: row.stage_since)


def _reach(made):
    """Every company has reached the second step with its first opportunity."""
    since = {}
    for opportunity in made:
        if opportunity.company_id:
            earliest = since.get(opportunity.company_id, opportunity.opened_at)
            since[opportunity.company_id] = min(earliest, opportunity.opened_at)
    companies.reach_many(since, Step.OPPORTUNITY)
