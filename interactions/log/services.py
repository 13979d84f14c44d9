"""The verbs of interactions: log, correct, delete, restore."""

from crm.activity import ownership
from crm.activity.spine import change, creation, lock
from crm.bin import services as bin
from crm.core import clock
from customers.companies.services import refuse_stale
from interactions.followups import concerns, nextsteps
from interactions.followups import services as followups
from interactions.followups.models import FollowUp
from interactions.log import events, lastcontact
from interactions.log.cleaning import FIELDS, clean
from interactions.log.models import Interaction

# So much of the key points a timeline shows.
TOLD = 300


def log(values, *, by, once="", at=None, owner=None, done=None):
    """Keep what was said with a customer; the interaction belongs to its author, `owner`, the actor unless said otherwise.

    With `next_step_at` in the values, the next step is planned as well. It completes the author's follow-ups with the same
    customer that are due by the end of the day, or exactly those in `done`.
    """
    with creation(events.LOGGED, by=by, right="interactions.create", once=once, given=values) as found:
        if found.repeated:
            return found.repeated
        values = clean({**values, **({"at": at} if at else {})}, by=by)
        about = lock(values["about"]) if values.get("about") else None
        interaction = _build(values, owner or by)
        interaction.save(force_insert=True)
        found.subject = interaction
        _tell(found, interaction, about)
        lastcontact.note(interaction, about, found)
        with nextsteps.together():
            for followup in _kept_promises(interaction) if done is None else done:
                followups.complete(followup, by=by, interaction=interaction)
            if values.get("next_step_at"):
                followups.plan(_next_step(values), by=by, owner=_planner(interaction, by), agreed_in=interaction)
        return interaction


def update(interaction, values, *, by, version=None):
    """Correct the given fields; whom it concerned stays."""
    with change(events.UPDATED, interaction, by=by, right="interactions.edit") as (interaction, found):
        refuse_stale(interaction, version)
        values = clean(values, by=by, interaction=interaction)
        changed = [field for field, value in values.items() if getattr(interaction, field) != value]
        if not changed:
            found.subject = None
            return interaction
        for field in changed:
            setattr(interaction, field, values[field])
        interaction.store(*changed)
        found.data["fields"] = changed
        found.about_of(interaction, "contact", "company")
        if "at" in changed:
            lastcontact.recount(interaction)
        return interaction


def delete(interaction, *, by):
    """Put it into the bin; deleted twice, it stays there."""
    with change(events.DELETED, interaction, by=by, right="interactions.delete") as (interaction, found):
        if interaction.deleted_at:
            found.subject = None
            return interaction
        interaction.deleted_at = clock.now()
        interaction.store("deleted_at")
        found.data.update(subject=interaction.subject)
        found.about_of(interaction, "contact", "company")
        lastcontact.recount(interaction)
        return interaction


def restore(interaction, *, by, without=(), owner=None):
    """Take it out of the bin again; see `crm.bin.services.restore` for conflicts."""

    def told(interaction, found):
        found.data.update(subject=interaction.subject)
        found.about_of(interaction, "contact", "company")
        lastcontact.recount(interaction)

    return bin.restore(interaction, events.RESTORED, by=by, without=without, owner=owner, told=told)


def _build(values, owner):
    interaction = Interaction(created_at=clock.now(), updated_at=clock.now())
    for field in FIELDS:
        if field in values:
            setattr(interaction, field, values[field])
    ownership.own(interaction, owner)
    concerns.place(interaction, values)
    return interaction


def _kept_promises(interaction):
    """What its author had promised this customer for today or earlier."""
    end_of_day = clock.bounds_of(clock.today())[1]
    promised = FollowUp.objects.live().open().filter(owner=interaction.owner_id).due_before(end_of_day)
    if interaction.about_id:
        return promised.filter(about_kind=interaction.about_kind_id, about_id=interaction.about_id)
    if interaction.company_id:
        return promised.filter(company=interaction.company_id, about_id=None)
    return promised.filter(contact=interaction.contact_id)


def _next_step(values):
    """The follow-up that a next step with a time becomes."""
    return {
        "title": values.get("next_step") or values["subject"],
        "channel": values["channel"],
        "due_at": values["next_step_at"],
        **{field: values.get(field) for field in concerns.FIELDS},
    }


def _planner(interaction, by):
    """The next step falls to the author, unless somebody else wrote it down who may not plan for others."""
    return interaction.owner if interaction.owner_id != by.pk and by.may("followups.assign") else by


def _tell(found, interaction, about):
    """What a timeline needs to say what was said, and whose timelines say it."""
    found.data.update(
        channel=interaction.channel,
        outcome=interaction.outcome,
        subject=interaction.subject,
        key_points=interaction.key_points[:TOLD],
        contact=interaction.contact_id,
        at=interaction.at.isoformat(),
    )
    found.about(about)
    found.about_of(interaction, "contact", "company")
