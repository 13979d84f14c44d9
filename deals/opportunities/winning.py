"""Winning many opportunities in one go, as the import of orders that were placed long ago does."""

from crm.activity.ledgers import states_changed
from crm.activity.spine import record_many
from crm.core import clock
from deals.opportunities import events
from deals.opportunities.models import Opportunity, Stage, StageChange
from deals.opportunities.queryset import RUNNING
from deals.opportunities.stages import change_of, stage_of

FIELDS = ("stage", "state", "stage_since", "closed_at", "updated_at", "version")


def win_many(placed_at, *, by):
    """Win opportunities: `placed_at` maps their ids to when the order was placed. Called inside the event of the orders.

    Those won already stay as they are; closed ones must be sorted out before. Gives back those that were won.
    """
    rows = Opportunity._base_manager.filter(pk__in=placed_at, state__in=RUNNING).select_related("stage", "company", "contact")
    rows = list(rows.select_for_update(of=("self",), no_key=True).order_by("pk"))
    left, won = {row.pk: row.stage for row in rows}, stage_of(Stage.Kind.WON)
    for row in rows:
        _enter(row, won, placed_at[row.pk])
    Opportunity.objects.bulk_update(rows, FIELDS, batch_size=500)
    found = record_many(
        events.WON,
        rows,
        by=by,
        about=lambda row: [row.contact, row.company],
        data=lambda row: _told(row, left[row.pk]),
    )
    StageChange.objects.bulk_create([StageChange(**change_of(one.subject, left[one.subject.pk], one)) for one in found], batch_size=1000)
    states_changed(found, before=lambda row: left[row.pk].code, after=lambda row: won.code, at=lambda row: row.stage_since)
    return rows


def _enter(opportunity, stage, at):
    moment = max(at, opportunity.stage_since)
    opportunity.stage, opportunity.state = stage, stage.kind
    opportunity.stage_since = opportunity.closed_at = moment
    opportunity.updated_at, opportunity.version = clock.now(), opportunity.version + 1


def _told(opportunity, before):
    return {
        "to": opportunity.stage.code,
        "from": before.code,
        "name": opportunity.name,
        "currency": opportunity.currency,
        "amount": None if opportunity.amount is None else str(opportunity.amount),
    }
