"""What lies under a lead on the floor below: interactions and follow-ups, which carry its owner and team."""

from crm.activity.spine import kind_of
from deals.leads.models import Lead
from interactions.followups import services as followups
from interactions.followups.models import FollowUp
from interactions.log.models import Interaction

CHILDREN = (Interaction, FollowUp)


def rows_about(model, lead_ids):
    """The interactions or follow-ups about these leads."""
    return model._base_manager.filter(about_kind=kind_of(Lead), about_id__in=lead_ids)


def carry(lead_ids, owner):
    """What lies under these leads carries their owner and team, and what is still to be done falls to the owner."""
    carry_holders(lead_ids, owner)
    rows_about(FollowUp, lead_ids).filter(state=FollowUp.State.OPEN).update(owner=owner, team_id=owner.team_id if owner else None)


def carry_holders(lead_ids, owner):
    """What lies under these leads carries their owner and team."""
    for model in CHILDREN:
        rows_about(model, lead_ids).filter(company=None).update(co_owner=owner, co_team_id=owner.team_id if owner else None)


def cancel_followups(lead, *, by):
    """Nothing more is to be done about this lead."""
    for followup in rows_about(FollowUp, [lead.pk]).filter(state=FollowUp.State.OPEN, deleted_at=None):
        followups.cancel(followup, by=by)
