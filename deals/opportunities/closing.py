"""Closing many opportunities in one go, dated as it happened: both ledgers, one event each, a few statements."""

from crm.activity.ledgers import states_changed
from crm.activity.spine import record_many
from crm.core.bulk import store_many
from deals.opportunities.models import Opportunity, StageChange
from deals.opportunities.queryset import RUNNING
from deals.opportunities.stages import change_of

FIELDS = ("stage", "state", "stage_since", "closed_at")


def close_many(verb, closed_at, stage, *, by, also=(), change=lambda row: None, data=lambda row: {}, note=lambda row: ""):
    """Put running opportunities into a closed stage: `closed_at` maps their ids to when. Called inside an open event.

    `change` sets the fields named in `also`; `data` adds to what the event tells. Those closed already stay as they are.
    Gives back those that were closed.
    """
    rows = Opportunity._base_manager.filter(pk__in=closed_at, state__in=RUNNING).select_related("stage", "company", "contact")
    rows = list(rows.select_for_update(of=("self",), no_key=True).order_by("pk"))
    left = {row.pk: row.stage for row in rows}
    for row in rows:
        _enter(row, stage, closed_at[row.pk])
        change(row)
    store_many(rows, *FIELDS, *also)
    found = record_many(
        verb,
        rows,
        by=by,
        about=lambda row: [one for one in (row.contact, row.company) if one],
        data=lambda row: _told(row, left[row.pk]) | data(row),
        at=lambda row: row.stage_since,
    )
    changes = [StageChange(**change_of(one.subject, left[one.subject.pk], one, note=note(one.subject))) for one in found]
    StageChange.objects.bulk_create(changes, batch_size=1000)
    states_changed(found, before=lambda row: left[row.pk].code, after=lambda row: stage.code, at=lambda row: row.stage_since)
    return rows


def _enter(opportunity, stage, at):
    moment = max(at, opportunity.stage_since)
    opportunity.stage, opportunity.state = stage, stage.kind
    opportunity.stage_since = opportunity.closed_at = moment


def _told(opportunity, before):
    return {
        "to": opportunity.stage.code,
        "from": before.code,
        "name": opportunity.name,
        "currency": opportunity.currency,
        "amount": None if opportunity.amount is None else str(opportunity.amount),
    }
