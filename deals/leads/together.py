"""What follows when leads become one, and when they become several again: states, times, promises, owners of what lies under them."""

from django.utils.translation import gettext_lazy as _

from crm.activity.models import StateChange
from crm.activity.spine import kind_of, state_changed
from crm.core.errors import WrongState
from customers.merging.moving import note
from deals.leads import children, scoring
from deals.leads.models import Lead
from deals.leads.services import SPOKEN
from interactions.followups.models import FollowUp
from interactions.followups.nextsteps import settle_about
from interactions.log.models import Interaction

State = Lead.State
# Found anew from all of them, or from the rows: never an edit of somebody.
KEPT = frozenset({"created_at", "first_contact_at", "last_contact_at", "last_outcome", "next_step_at", "next_step", "score", "grade"})


def refuse(lead, by):
    """Refuse a lead that is a customer by now."""
    if lead.is_converted:
        raise WrongState(_("%(lead)s is a customer by now and read-only. Take that conversion back first.") % {"lead": lead}, code="lead_converted")


def join(lead, others):
    """The lead knows the earliest beginning and the latest contact of all, and stands where the furthest of them stood."""
    records = [lead, *others]
    talked = max((row for row in records if row.last_contact_at), key=lambda row: (row.last_contact_at, row == lead), default=lead)
    found = {
        "created_at": min(row.created_at for row in records),
        "first_contact_at": min((row.first_contact_at for row in records if row.first_contact_at), default=None),
        "last_contact_at": talked.last_contact_at,
        "last_outcome": talked.last_outcome,
        "assigned_at": min((row.assigned_at for row in records if row.assigned_at and row.owner_id == lead.owner_id), default=lead.assigned_at),
    }
    if any(row.is_open for row in records):
        found |= {"state": _furthest(lead, records), "closed_at": None, "invalid_reason": ""}
    changed = [name for name, value in found.items() if getattr(lead, name) != value]
    for name in changed:
        setattr(lead, name, found[name])
    return changed


def pass_on(move):
    """What the former owners had promised about these leads falls to the owner of the result."""
    owner = move.survivor.owner
    if owner is None:
        return
    for record in move.merge.records.all():
        former = record.before["owner_id"]
        if former and former != owner.pk:
            promised = _promised([record.object_id]).filter(owner=former)
            note(move.merge, FollowUp, "owner", [(pk, former, owner.pk) for pk in promised.values_list("pk", flat=True)])
            promised.update(owner=owner, team=owner.team_id)


def settle(merge):
    """The promises go back to whoever made them, and the lead that stays keeps the contacts it had since."""
    people = {}
    for moved in merge.moves.filter(field="owner"):
        promised = FollowUp._base_manager.filter(pk=moved.object_id, state=FollowUp.State.OPEN, owner=moved.to_id)
        former = people.setdefault(moved.from_id, FollowUp._meta.get_field("owner").related_model.objects.get(pk=moved.from_id))
        if former.is_active:
            promised.update(owner=former, team=former.team_id)
    lead = Lead._base_manager.get(pk=merge.survivor_id)
    since = children.rows_about(Interaction, [lead.pk]).filter(deleted_at=None, created_at__gt=merge.at).order_by("at")
    if fields := _note_contacts(lead, list(since)):
        if lead.state == State.PENDING:
            lead.state = State.WORKING
        lead.store(*fields, "state")


def follow(kind, ids, event):
    """Let each lead show what comes next and what it is worth; what lies under it carries its owner, and its state is in the ledger."""
    if kind.model is not Lead:
        return
    for lead in Lead._base_manager.filter(pk__in=ids).select_related("owner").order_by("pk"):
        children.carry_holders([lead.pk], lead.owner)
        settle_about(lead)
        before, state = _last_state(lead), _fitting(lead)
        if fields := [*scoring.rate(lead), *(["state"] if state != lead.state else [])]:
            lead.state = state
            lead.store(*fields)
        if before != state:
            state_changed(event, lead, from_state=before, to_state=state)


def _furthest(lead, records):
    """The state of the result: nobody's, waiting for its first contact, or being worked."""
    if lead.owner_id is None:
        return State.UNASSIGNED
    return State.WORKING if any(row.state == State.WORKING for row in records) else State.PENDING


def _fitting(lead):
    """The state as it is, unless it speaks of an owner who is not there, or of none where there is one."""
    if not lead.is_open or (lead.state == State.UNASSIGNED) == (lead.owner_id is None):
        return lead.state
    return State.PENDING if lead.owner_id else State.UNASSIGNED


def _last_state(lead):
    rows = StateChange.objects.filter(kind=kind_of(Lead), object_id=lead.pk).order_by("-id")
    return rows.values_list("to_state", flat=True).first() or ""


def _promised(lead_ids):
    return children.rows_about(FollowUp, lead_ids).filter(state=FollowUp.State.OPEN)


def _note_contacts(lead, interactions):
    """Note contacts, given in the order of their times; the names of the fields that changed."""
    fields = set()
    for one in interactions:
        if lead.last_contact_at is None or one.at >= lead.last_contact_at:
            lead.last_contact_at, lead.last_outcome = one.at, one.outcome
            fields |= {"last_contact_at", "last_outcome"}
        if one.outcome in SPOKEN and (lead.first_contact_at is None or one.at < lead.first_contact_at):
            lead.first_contact_at = one.at
            fields.add("first_contact_at")
    return sorted(fields)
