"""Who holds a lead: claim it from a pool, assign it, return it. Every path gives owner, state, clock and ledger alike."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from crm.activity.ledgers import states_changed
from crm.activity.models import OwnershipChange
from crm.activity.ownership import handed_over, own
from crm.activity.spine import change, event, kind_of, owner_changed, state_changed
from crm.core import clock
from crm.core.errors import Conflict, Invalid, WrongState
from crm.core.policy import allows, require
from deals.leads import children, events
from deals.leads.models import Lead

# How long the members of a pool are still told who took a lead from it.
REMEMBERED = timedelta(days=1)


def claim(lead, *, by):
    """Take a lead out of a pool one is a member of; of many who try at once one gets it, the others read who did."""
    lay_in_my_pool = lead.pool_id in by.pool_ids() or _lately_in_pools(lead, by)
    with change(events.CLAIMED, lead, by=by) as (lead, found):
        if lead.owner_id == by.pk:
            found.subject = None
            return lead
        if lead.owner_id and (lay_in_my_pool or allows(by, "leads.view", lead)):
            raise Conflict(
                _("%(name)s has already claimed this lead.") % {"name": lead.owner},
                code="already_claimed",
                facts={"owner": lead.owner_id},
            )
        require(by, "leads.claim", lead)
        _refuse_unclaimable(lead)
        from_pool, before = lead.pool_id, lead.state
        own(lead, by)
        lead.pool, lead.assigned_at, lead.state = None, clock.now(), Lead.State.PENDING
        lead.store("owner", "team", "pool", "assigned_at", "state")
        found.data["pool"] = from_pool
        owner_changed(found, lead, from_pool=from_pool, cause="claimed")
        state_changed(found, lead, from_state=before, to_state=lead.state)
        children.carry([lead.pk], by)
        return lead


def to_claim(pk, *, by):
    """The lead behind an id that a person wants to claim: in reach, or gone from one of the own pools just now."""
    if lead := Lead.objects.visible_to(by).filter(pk=pk).first():
        return lead
    lead = Lead.objects.live().filter(pk=pk).first()
    return lead if lead and _lately_in_pools(lead, by) else None


def assign(leads, *, to, by, reason="", cause="assigned"):
    """Give leads to a person, out of a pool or from somebody else; those that already are theirs stay as they are."""
    with event(events.ASSIGNED, by=by):
        rows = _chosen(leads, by, "assign")
        if not to.is_active:
            raise Invalid(_("%(name)s has left and cannot own anything.") % {"name": to}, field="owner", code="inactive")
        return _give(events.ASSIGNED, rows, to=to, pool=None, by=by, cause=cause, reason=reason)


def return_to_pool(leads, *, pool, by, reason="", cause="returned"):
    """Put leads back into a pool, where its members may claim them; promised follow-ups wait there with them."""
    with event(events.RETURNED, by=by):
        rows = _chosen(leads, by, "return")
        if pool.noun != "leads":
            raise Invalid(_("“%(pool)s” does not hold leads.") % {"pool": pool}, field="pool", code="wrong_pool")
        return _give(events.RETURNED, rows, to=None, pool=pool, by=by, cause=cause, reason=reason)


def _chosen(leads, by, action):
    """The chosen leads, locked in the order of their ids; those in the own pools are among what one may give away."""
    require(by, f"leads.{action}")
    wanted = {lead.pk for lead in leads}
    rows = Lead.objects.assignable_by(by, action).filter(pk__in=wanted).select_for_update(of=("self",), no_key=True)
    found = list(rows.order_by("pk"))
    if len(found) < len(wanted):
        raise WrongState(_("Some of the chosen records are not yours to change; nothing was changed."), code="partly_out_of_reach")
    return found


def _give(verb, rows, *, to, pool, by, cause, reason):
    for row in rows:
        _refuse_closed(row)
    found = handed_over(verb, rows, to=to, pool=pool, by=by, cause=cause, reason=reason)
    before = {event.subject.pk: event.subject.state for event in found}
    state = Lead.State.PENDING if to else Lead.State.UNASSIGNED
    for one in found:
        one.subject.state, one.subject.assigned_at = state, clock.now() if to else None
    moved = [one.subject for one in found]
    Lead._base_manager.filter(pk__in=before).update(state=state, assigned_at=clock.now() if to else None)
    states_changed([one for one in found if before[one.subject.pk] != state], before=lambda lead: before[lead.pk])
    children.carry(list(before), to)
    return moved


def _lately_in_pools(lead, by):
    """Whether the lead's last move took it out of a pool whose members include this person, not long ago."""
    last = OwnershipChange.objects.filter(kind=kind_of(Lead), object_id=lead.pk).order_by("-id").first()
    return last is not None and last.from_pool_id in by.pool_ids() and last.at > clock.now() - REMEMBERED


def _refuse_unclaimable(lead):
    _refuse_closed(lead)
    if lead.pool_id is None:
        raise WrongState(_("This lead does not lie in a pool."), code="not_in_pool")


def _refuse_closed(lead):
    if lead.deleted_at:
        raise WrongState(_("%(lead)s lies in the bin.") % {"lead": lead}, code="in_bin")
    if not lead.is_open:
        raise WrongState(_("%(lead)s is %(state)s and keeps its owner.") % {"lead": lead, "state": lead.get_state_display()}, code="lead_closed")
