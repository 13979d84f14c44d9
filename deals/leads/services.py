"""The verbs of leads that concern one lead as it is: create, update, contact, invalid, bin. The others are in
`pools` (claim, assign, return) and `conversion` (convert, take back).
"""

from django.utils.translation import gettext_lazy as _

from crm.activity import ownership
from crm.activity.ledgers import owners_given, states_changed
from crm.activity.spine import change, creation, event, owner_changed, record_many, state_changed
from crm.bin import services as bin
from crm.core import chosen, clock
from crm.core.bulk import insert_many
from crm.core.errors import Invalid, WrongState
from crm.core.policy import require
from customers.companies.services import along, binned, refuse_stale
from customers.matching import checking
from deals.leads import alike, children, events, policies, scoring
from deals.leads.cleaning import clean, derived
from deals.leads.models import Lead

State = Lead.State
# Somebody spoke to us; a call that nobody took is an attempt, not a first contact.
SPOKEN = ("interested", "again", "not_interested", "")


def create(values, *, by, owner=None, pool=None, once="", even_if_known=False):
    """Add a lead; it belongs to `owner` (the actor unless said otherwise) or lies in `pool`.

    Refused where a rule takes it for somebody who is there; where it only warns, `even_if_known` says that they were compared.
    """
    with creation(events.CREATED, by=by, right="leads.create", once=once, given=values) as found:
        if found.repeated:
            return found.repeated
        policies.require_fields(by, values)
        lead = _build(clean(values), owner=owner if (owner or pool) else by, pool=pool)
        like = checking.refuse("leads", alike.facts(lead), by=by, even_if_known=even_if_known)
        lead.save(force_insert=True)
        checking.report(lead, like, by=by)
        found.subject = lead
        found.data.update(source=lead.source)
        owner_changed(found, lead, cause="created")
        state_changed(found, lead, from_state="", to_state=lead.state)
        return lead


def create_many(rows, *, by, owner_of=None, pool=None, born=None, is_checked=False):
    """Add leads in one go: `rows` are clean values; one event each. One that a rule blocks refuses all, unless they `is_checked`.

    `owner_of` and `born` are functions of the values: to whom the lead belongs, and when it came in.
    """
    with event(events.CREATED, by=by):
        require(by, "leads.create")
        owner_of = owner_of or (lambda values: None if pool else by)
        leads = [_build(values, owner=owner_of(values), pool=pool) for values in rows]
        for lead, values in zip(leads, rows, strict=True):
            lead.created_at = (born and born(values)) or lead.created_at
        if not is_checked:
            checking.refuse_many("leads", [alike.facts(lead) for lead in leads])
        insert_many(leads)
        found = record_many(events.CREATED, leads, by=by, data=lambda lead: {"source": lead.source}, at=lambda lead: lead.created_at)
        owners_given(found, cause="created")
        states_changed(found, before=lambda lead: "", at=lambda lead: lead.created_at)
        return leads


def update(lead, values, *, by, version=None, even_if_known=False):
    """Change the given fields; with `version`, refuse when somebody saved in between. Duplicates are asked about as at `create`."""
    with change(events.UPDATED, lead, by=by, right="leads.edit") as (lead, found):
        refuse_stale(lead, version)
        _refuse_converted(lead)
        policies.require_fields(by, values, lead)
        changed = _apply(lead, clean(values, lead=lead))
        if not changed:
            found.subject = None
            return lead
        like = checking.refuse("leads", alike.facts(lead), by=by, even_if_known=even_if_known, besides=(lead.pk,), fields=changed)
        checking.report(lead, like, by=by)
        lead.store(*changed, *scoring.rate(lead))
        found.data["fields"] = [field for field in changed if field in values]
        return lead


def update_many(leads, values, *, by):
    """Change the same fields of many leads; all or nothing, one event each."""
    with event(events.UPDATED, by=by):
        if {"name", "person", "mobile", "email", "wechat", "external_id"} & set(values):
            raise Invalid(_("Names and numbers differ from lead to lead; change them one by one."), code="not_in_bulk")
        rows = chosen.locked(Lead, leads, by=by, action="edit")
        for row in rows:
            _refuse_converted(row)
        touched = [row for row in rows if _apply(row, clean(values, lead=row))]
        for row in touched:
            scoring.rate(row)
            row.updated_at, row.version = clock.now(), row.version + 1
        if touched:
            Lead.objects.bulk_update(touched, [*values, "score", "grade", "updated_at", "version"], batch_size=500)
            record_many(events.UPDATED, touched, by=by, data=lambda row: {"fields": sorted(values)})
        return touched


def contacted(lead, *, at, outcome, event):
    """Note a contact with the lead: whoever waited for the first one is now being worked. Told by the log, in its event."""
    fields = []
    if lead.last_contact_at is None or at >= lead.last_contact_at:
        lead.last_contact_at, lead.last_outcome = at, outcome
        fields += ["last_contact_at", "last_outcome"]
    if outcome in SPOKEN and (lead.first_contact_at is None or at < lead.first_contact_at):
        lead.first_contact_at = at
        fields.append("first_contact_at")
    if lead.state == State.PENDING:
        lead.state = State.WORKING
        fields.append("state")
        state_changed(event, lead, from_state=State.PENDING, to_state=State.WORKING)
    if fields:
        lead.store(*fields, *scoring.rate(lead))


def last_contact(lead, *, at):
    """Note the last contact anew after a correction in the log, None when there is none left."""
    lead.last_contact_at = at
    lead.store("last_contact_at")


def next_step(lead, *, at, title):
    """Note what comes next with the lead, or that nothing is planned (`at` None)."""
    if (lead.next_step_at, lead.next_step) != (at, title[:200]):
        lead.next_step_at, lead.next_step = at, title[:200]
        lead.store("next_step_at", "next_step")


def invalidate(lead, *, reason, by):
    """The lead can never become a customer, for this reason; its open follow-ups are cancelled."""
    with change(events.INVALIDATED, lead, by=by, right="leads.edit") as (lead, found):
        if lead.state == State.INVALID:
            found.subject = None
            return lead
        _refuse_converted(lead)
        if not reason.strip():
            raise Invalid(_("Say why the lead is invalid."), field="reason", code="reason_required")
        lead.invalid_reason = found.data["reason"] = reason.strip()[:200]
        children.cancel_followups(lead, by=by)
        lead.refresh_from_db(fields=["next_step_at", "next_step", "version"])
        lead.closed_at = clock.now()
        _change_state(lead, State.INVALID, found, "invalid_reason", "closed_at")
        return lead


def restore_valid(lead, *, by):
    """The lead was called invalid by mistake: it goes on where it stood."""
    with change(events.REVALIDATED, lead, by=by, right="leads.edit") as (lead, found):
        if lead.is_open:
            found.subject = None
            return lead
        if lead.state != State.INVALID:
            raise WrongState(_("Only an invalid lead can be made valid again."), code="not_invalid")
        lead.invalid_reason, lead.closed_at = "", None
        _change_state(lead, standing(lead), found, "invalid_reason", "closed_at")
        return lead


def delete(lead, *, by):
    """Put the lead into the bin; asked twice, it stays there."""
    with bin.held(events.DELETED, lead, by=by, right="leads.delete") as (lead, found):
        if lead.deleted_at:
            found.subject = None
            return lead
        _refuse_converted(lead)
        lead.deleted_at = clock.now()
        lead.store("deleted_at")
        found.data.update(along(bin.take_along([lead], by=by, verb=events.DELETED)))
        return lead


def delete_many(leads, *, by):
    """Put many leads into the bin; all or nothing."""
    with event(events.DELETED, by=by):
        bin.hold("leads", [lead.pk for lead in leads])
        rows = [row for row in chosen.locked(Lead, leads, by=by, action="delete") if not row.deleted_at]
        for row in rows:
            _refuse_converted(row)
        binned(rows)
        record_many(events.DELETED, rows, by=by)
        bin.take_along(rows, by=by, verb=events.DELETED)
        return rows


def restore(lead, *, by, without=(), owner=None):
    """Take the lead out of the bin with what went in with it; see `crm.bin.services.restore` for conflicts."""

    def told(lead, found):
        like = checking.refuse("leads", alike.facts(lead), by=by, even_if_known=True, besides=(lead.pk,))
        checking.report(lead, like, by=by)

    return bin.restore(lead, events.RESTORED, by=by, without=without, owner=owner, told=told)


def standing(lead):
    """The open state that follows from what is known: nobody's, waiting for its first contact, or being worked."""
    if lead.owner_id is None:
        return State.UNASSIGNED
    return State.WORKING if lead.last_contact_at else State.PENDING


def refuse_silent(lead):
    """Refuse to talk to a lead that is a customer by now: what is said belongs there."""
    _refuse_converted(lead)


def _build(values, *, owner, pool=None):
    lead = Lead(created_at=clock.now(), updated_at=clock.now(), pool=None if owner else pool)
    ownership.own(lead, owner)
    lead.assigned_at = clock.now() if owner else None
    lead.state = standing(lead)
    _apply(lead, values)
    scoring.rate(lead)
    return lead


def _apply(lead, values):
    """Set the values and what follows from them; the names of the fields that changed, derived ones included."""
    changed = [field for field, value in values.items() if getattr(lead, field) != value]
    for field in changed:
        setattr(lead, field, values[field])
    keys = derived({field: values[field] for field in changed})
    for field, value in keys.items():
        setattr(lead, field, value)
    if "name" in changed:
        lead.set_name(values["name"], person=values["name"] == lead.person)
        return [*changed, *keys, "sort_key", "latin"]
    return [*changed, *keys]


def _change_state(lead, state, found, *fields):
    before, lead.state = lead.state, state
    lead.store("state", *fields)
    state_changed(found, lead, from_state=before, to_state=state)


def _refuse_converted(lead):
    if lead.is_converted:
        raise WrongState(
            _("This lead is a customer by now and read-only; go on with %(company)s.") % {"company": lead.company},
            code="lead_converted",
            facts={"company": lead.company_id},
        )
