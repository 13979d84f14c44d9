"""The verbs of contacts: page, import, API, bulk and automation all end here."""

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from crm.activity import ownership
from crm.activity.spine import change, creation, event, record_many
from crm.activity.undo import company_of
from crm.bin import services as bin
from crm.core import chosen, clock
from crm.core.bulk import blank, insert_many, store_many
from crm.core.cleaning import one_tag
from crm.core.errors import Invalid
from crm.core.policy import require
from customers.companies.models import Company
from customers.companies.services import along, binned, refuse_stale
from customers.contacts import alike, completeness, events, waysets
from customers.contacts.cleaning import COMMON, clean
from customers.contacts.models import Contact
from customers.matching import checking

_blank = blank(Contact)


def create(values, *, by, owner=None, once="", even_if_known=False):
    """Add a person; the contact belongs to `owner`, the actor unless said otherwise.

    Refused where a rule takes him for somebody who is there; where it only warns, `even_if_known` says that they were compared.
    """
    with creation(events.CREATED, by=by, right="contacts.create", once=once, given=values) as found:
        if found.repeated:
            return found.repeated
        values = clean(values, by=by)
        like = checking.refuse("contacts", alike.facts_of(values), by=by, even_if_known=even_if_known)
        _place(values, by)
        contact = _settle_in(draft(values), owner or by, values.get("company"), clock.now())
        contact.save(force_insert=True)
        waysets.add([(contact, values["points"])])
        checking.report(contact, like, by=by)
        found.subject = contact
        _tell(found, contact)
        return contact


def create_many(rows, *, by, owner_of=None, is_checked=False, drafts=None):
    """Add people in one go: `rows` are clean values; one event each. One that a rule blocks refuses all, unless they `is_checked`.

    `drafts` are the same rows as `draft` makes them, for those who had time to do so before it was their turn.
    """
    with transaction.atomic():
        require(by, "contacts.create")
        ids = {values["company"].pk for values in rows if values.get("company")}
        held = {number: whose for number, *whose in _companies(ids, by).values_list("pk", "owner_id", "team_id")}
        if len(held) < len(ids):
            raise _no_such_company()
        for company in filter(None, (values.get("company") for values in rows)):
            # As they are now that they are held, whoever loaded them and when.
            company.owner_id, company.team_id = held[company.pk]
        if not is_checked:
            checking.refuse_many("contacts", [alike.facts_of(values) for values in rows])
        made, now = zip(drafts or map(draft, rows), rows, strict=True), clock.now()
        contacts = [_settle_in(contact, owner_of(values) if owner_of else by, values.get("company"), now) for contact, values in made]
        insert_many(contacts)
        waysets.add([(contact, values["points"]) for contact, values in zip(contacts, rows, strict=True)])
        record_many(events.CREATED, contacts, by=by, data=_named, about=_company_of)
        return contacts


def update(contact, values, *, by, version=None, even_if_known=False):
    """Change the given fields; with `version`, refuse when somebody saved in between."""
    with change(events.UPDATED, contact, by=by, right="contacts.edit") as (contact, found):
        refuse_stale(contact, version)
        values = clean(values, contact=contact, by=by)
        points = values.pop("points", None)
        like = _compared(contact, values, points, by, even_if_known)
        _place(values, by)
        before = contact.company
        changed = _apply(contact, values)
        if points is not None:
            found.data.update(waysets.replace(contact, points))
        if not changed and not found.data:
            found.subject = None
            return contact
        _rate(contact)
        contact.store(*changed, "completeness")
        checking.report(contact, like, by=by)
        found.data["fields"] = [name for name in changed if name in values]
        _tell(found, contact, before)
        return contact


def set_points(contact, points, *, by, version=None):
    """Give the person these ways to be reached, `{"kind", "value", "label", "is_primary"}` each, and no others."""
    return update(contact, {"points": points}, by=by, version=version)


def move(contact, *, to, by, position=None):
    """The person works for another company from now on; what was said before stays with the old one."""
    with change(events.MOVED, contact, by=by, right="contacts.edit") as (contact, found):
        if contact.company_id == to.pk:
            found.subject = None
            return contact
        values = {"company": to, "has_left": False} | ({} if position is None else {"position": position})
        values = clean(values, contact=contact, by=by)
        _place(values, by)
        before = contact.company
        changed = _apply(contact, values)
        _rate(contact)
        contact.store(*changed, "completeness")
        found.data.update({"from": before and before.pk, "to": contact.company_id})
        _tell(found, contact, before)
        return contact


def verify(point, *, by):
    """Somebody made sure that this way leads to the person."""
    with change(events.POINT_VERIFIED, point.contact, by=by, right="contacts.edit") as (contact, found):
        waysets.judge(point, found, is_valid=True)
        _rerate(contact)
        _tell(found, contact)
        return point


def mark_invalid(point, *, by):
    """This way does not lead to the person: a dead number, a bounced mail. Said twice, it stays so."""
    with change(events.POINT_INVALID, point.contact, by=by, right="contacts.edit") as (contact, found):
        if point.state == point.State.INVALID:
            found.subject = None
            return point
        waysets.judge(point, found, is_valid=False)
        _rerate(contact)
        _tell(found, contact)
        return point


def assign(contacts, *, to, by, reason=""):
    """Give people to another person; those that already are theirs stay as they are."""
    with event(events.ASSIGNED, by=by):
        rows = chosen.locked(Contact, contacts, by=by, action="assign")
        if not to.is_active:
            raise Invalid(_("%(name)s has left and cannot own anything.") % {"name": to}, field="owner", code="inactive")
        return ownership.hand_over(events.ASSIGNED, rows, to=to, by=by, cause="assigned", reason=reason, data=_named)


def update_many(contacts, values, *, by):
    """Change the same fields of many people; all or nothing, one event each. Those that have the values already stay as they are."""
    chosen.refuse_own(Contact, values, COMMON)
    with event(events.UPDATED, by=by):
        rows = chosen.locked(Contact, contacts, by=by, action="edit")
        changed = {row.pk: _apply(row, clean(values, contact=row, by=by)) for row in rows}
        touched = [row for row in rows if changed[row.pk]]
        prefetch_related_objects(touched, "points")
        for row in touched:
            _rate(row)
        store_many(touched, *values, "completeness")
        record_many(events.UPDATED, touched, by=by, data=lambda row: _named(row) | {"fields": changed[row.pk]}, about=company_of)
        return touched


def tag_many(contacts, tag, *, by):
    """Put a tag on many people; those that carry it already stay as they are."""
    tag = one_tag(tag)
    with event(events.UPDATED, by=by):
        fresh = [row for row in chosen.locked(Contact, contacts, by=by, action="edit") if tag not in row.tags]
        for row in fresh:
            row.tags = [*row.tags, tag]
            row.updated_at, row.version = clock.now(), row.version + 1
        Contact.objects.bulk_update(fresh, ["tags", "updated_at", "version"], batch_size=500)
        record_many(events.UPDATED, fresh, by=by, data=lambda row: _named(row) | {"fields": ["tags"], "tag": tag}, about=company_of)
        return fresh


def delete(contact, *, by, because=""):
    """Put the person into the bin, with what was said to this person alone; asked twice, it stays there."""
    with bin.held(events.DELETED, contact, by=by, right=None if because else "contacts.delete") as (contact, found):
        if contact.deleted_at:
            found.subject = None
            return contact
        found.data.update({"because": because} if because else {})
        contact.deleted_at = clock.now()
        contact.store("deleted_at")
        found.data.update(along(bin.take_along([contact], by=by, verb=events.DELETED)))
        _tell(found, contact)
        return contact


def delete_many(contacts, *, by):
    """Put many people into the bin; all or nothing."""
    with event(events.DELETED, by=by):
        bin.hold("contacts", [contact.pk for contact in contacts])
        rows = [row for row in chosen.locked(Contact, contacts, by=by, action="delete") if not row.deleted_at]
        binned(rows)
        record_many(events.DELETED, rows, by=by, data=_named, about=company_of)
        bin.take_along(rows, by=by, verb=events.DELETED)
        return rows


def restore(contact, *, by, without=(), owner=None):
    """Take the person out of the bin; see `crm.bin.services.restore` for conflicts."""

    def told(contact, found):
        like = checking.refuse("contacts", alike.facts(contact), by=by, even_if_known=True, besides=(contact.pk,))
        checking.report(contact, like, by=by)
        _tell(found, contact)

    return bin.restore(contact, events.RESTORED, by=by, without=without, owner=owner, told=told)


def _compared(contact, values, points, by, even_if_known):
    """What a new name or company, or new ways, have in common with others; what the person had before is not asked about again.

    Asked before the company is held, as an import does: two who hold the same things in another order wait for ever.
    """
    had = {(known.kind, known.norm) for known in contact.points.all()} if points else set()
    fresh = [point for point in points or () if (point.kind, point.norm) not in had]
    brought = [name for name in ("name", "company") if name in values and values[name] != getattr(contact, name)]
    brought += ["points"] if fresh else []
    if not brought:
        return []
    facts = alike.facts_of({"name": contact.name, "company": contact.company} | values | {"points": fresh})
    return checking.refuse("contacts", facts, by=by, even_if_known=even_if_known, besides=(contact.pk,), fields=brought)


def draft(values):
    """The person of clean values as far as it needs no turn: whose it is and since when is said by the verb that adds it."""
    contact = _blank(interests=[], tags=[])
    _apply(contact, {name: value for name, value in values.items() if name != "points"})
    contact.completeness = completeness.score(contact, values["points"])
    return contact


def _settle_in(contact, owner, company, now):
    # A try that was taken back may have numbered it.
    contact.id = None
    contact.created_at = contact.updated_at = now
    ownership.own(contact, owner, company)
    return contact


def _apply(contact, values):
    """Set the values and what follows from them; the names of the fields that changed."""
    changed = [field for field, value in values.items() if getattr(contact, field) != value]
    for field in changed:
        setattr(contact, field, values[field])
    if "name" in changed:
        contact.set_name(values["name"], person=True)
        changed += ["sort_key", "latin"]
    if "company" in changed:
        company = values["company"]
        contact.co_owner_id, contact.co_team_id = (company.owner_id, company.team_id) if company else (None, None)
        changed += ["co_owner", "co_team"]
    return changed


def _place(values, by):
    """Hold the company while somebody is put under it, so that a hand-over at the same moment takes the person along."""
    company = values.get("company")
    if company is not None:
        values["company"] = next(iter(_companies([company.pk], by)), None)
        if values["company"] is None:
            raise _no_such_company()


def _companies(ids, by):
    rows = Company.objects.visible_to(by).filter(pk__in=ids).order_by("pk")
    return rows.select_for_update(of=("self",), no_key=True) if ids else rows.none()


def _no_such_company():
    return Invalid(_("There is no such company in your reach."), field="company", code="unknown_company")


def _tell(found, contact, before=None):
    """The event also stands on the timelines of the company, and of the one before, so it says whom it is about."""
    found.data["name"] = contact.name
    found.about(contact.company, before)


def _named(contact):
    return {"name": contact.name}


def _company_of(contact):
    return [contact.company] if contact.company_id else []


def _rate(contact):
    contact.completeness = completeness.score(contact, list(contact.points.all()))


def _rerate(contact):
    _rate(contact)
    contact.store("completeness")
