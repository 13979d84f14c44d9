"""Noting many losses of earlier times in one go."""

from crm.activity.spine import event
from crm.core.policy import require
from deals.opportunities import events
from deals.opportunities.closing import close_many
from deals.opportunities.models import Stage
from deals.opportunities.stages import stage_of

FIELDS = ("lost_reason", "competitor", "lost_note")


def lose_many(losses, *, by):
    """Lose opportunities: `losses` maps their ids to `lost_at`, `reason`, `competitor` and `note`; one event each.

    What the earlier program knew of the loss is all there is: reason and competitor may be missing, the note may not.
    """
    with event(events.LOST, by=by):
        require(by, "opportunities.edit")
        return close_many(
            events.LOST,
            {pk: loss["lost_at"] for pk, loss in losses.items()},
            stage_of(Stage.Kind.LOST),
            by=by,
            also=FIELDS,
            change=lambda row: _explain(row, losses[row.pk]),
            data=lambda row: {"reason": row.lost_reason and row.lost_reason.code, "competitor": row.competitor},
            note=lambda row: row.lost_note,
        )


def _explain(opportunity, loss):
    opportunity.lost_reason = loss["reason"]
    opportunity.competitor, opportunity.lost_note = loss["competitor"][:120], loss["note"]
