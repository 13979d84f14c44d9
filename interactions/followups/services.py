"""The verbs of follow-ups: plan, complete, reschedule, cancel, remind."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from crm.activity import ownership
from crm.activity.spine import change, creation, record_many
from crm.core import clock
from crm.core.cleaning import Problems
from crm.core.errors import Invalid, WrongState
from crm.core.policy import require
from interactions.followups import abouts, concerns, events
from interactions.followups.cleaning import clean, clean_times
from interactions.followups.models import FollowUp
from interactions.followups.nextsteps import settle

State = FollowUp.State
BATCH = 500


def plan(values, *, by, owner=None, once="", agreed_in=None):
    """Promise a next step; `owner` (the actor unless said otherwise) has to do it and is reminded.

    `agreed_in` is the interaction in which it was agreed with the customer, where there was one.
    """
    with creation(events.PLANNED, by=by, right="followups.create", once=once, given=values) as found:
        if found.repeated:
            return found.repeated
        values = clean(values, by=by, agreed_in=agreed_in)
        _refuse_owner(owner, by)
        followup = FollowUp(created_at=clock.now(), updated_at=clock.now(), agreed_in=agreed_in)
        for field in ("title", "channel", "due_at", "remind_at", "external_id"):
            setattr(followup, field, values.get(field, getattr(followup, field)))
        ownership.own(followup, owner or by)
        concerns.place(followup, values)
        followup.save(force_insert=True)
        found.subject = followup
        _tell(found, followup)
        settle(followup)
        return followup


def complete(followup, *, by, interaction=None):
    """It is done, by this interaction where there was one; done twice it stays as it was."""
    with change(events.COMPLETED, followup, by=by, right="followups.edit") as (followup, found):
        if followup.state == State.DONE:
            found.subject = None
            return followup
        _refuse_closed(followup)
        followup.interaction = interaction
        return _close(followup, State.DONE, found)


def cancel(followup, *, by, reason=""):
    """It is not needed any more."""
    with change(events.CANCELLED, followup, by=by, right="followups.edit") as (followup, found):
        if followup.state == State.CANCELLED:
            found.subject = None
            return followup
        _refuse_closed(followup)
        found.data["reason"] = reason.strip()[:300]
        return _close(followup, State.CANCELLED, found)


def reschedule(followup, due_at, *, by, remind_at=...):
    """Do it at another time; the reminder moves along unless it is given (None: no reminder)."""
    with change(events.RESCHEDULED, followup, by=by, right="followups.edit") as (followup, found):
        _refuse_closed(followup)
        if followup.due_at == due_at and remind_at is ...:
            found.subject = None
            return followup
        problems = Problems()
        before, followup.remind_at = followup.due_at, clean_times(due_at, remind_at, problems)
        problems.check()
        followup.due_at, followup.reminded_at = due_at, None
        followup.store("due_at", "remind_at", "reminded_at")
        _tell(found, followup)
        found.data["from"] = before.isoformat()
        settle(followup)
        return followup


def remind_due(*, by):
    """Announce each follow-up whose reminder has come, once: a second run, or a late one, finds only what is left."""
    told = 0
    while batch := _remind_batch(by):
        told += batch
    return told


def _remind_batch(by):
    with transaction.atomic():
        waiting = FollowUp.objects.live().open().filter(remind_at__lte=clock.now(), reminded_at=None, owner__isnull=False)
        # A row that is being changed at this moment is left for the next run.
        rows = list(waiting.select_for_update(skip_locked=True, of=("self",)).order_by("remind_at", "pk")[:BATCH])
        FollowUp.objects.filter(pk__in=[row.pk for row in rows]).update(reminded_at=clock.now())
        record_many(
            events.DUE,
            rows,
            by=by,
            data=lambda row: {"title": row.title, "due_at": row.due_at.isoformat(), "owner": row.owner_id},
        )
        return len(rows)


def _close(followup, state, found):
    followup.state, followup.closed_at = state, clock.now()
    followup.store("state", "closed_at", "interaction")
    _tell(found, followup)
    settle(followup)
    return followup


def _tell(found, followup):
    """What a timeline needs to say what was promised, and whose timelines say it."""
    found.data.update(title=followup.title, channel=followup.channel, due_at=followup.due_at.isoformat(), owner=followup.owner_id)
    found.about(abouts.reference(followup))
    found.about_of(followup, "contact", "company")


def _refuse_owner(owner, by):
    if owner in (None, by):
        return
    require(by, "followups.assign")
    if not owner.is_active:
        raise Invalid(_("%(name)s has left and cannot own anything.") % {"name": owner}, field="owner", code="inactive")


def _refuse_closed(followup):
    if followup.state != State.OPEN:
        raise WrongState(_("This follow-up is %(state)s already.") % {"state": followup.get_state_display()}, code="followup_closed")
