"""The verbs of companies: page, import, API, bulk and automation all end here."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from crm.accounts.models import Share
from crm.activity import ownership
from crm.activity.spine import change, creation, event, record_many
from crm.bin import services as bin
from crm.core import chosen, clock
from crm.core.bulk import insert_many, store_many
from crm.core.cleaning import one_tag
from crm.core.errors import Conflict, Invalid
from crm.core.policy import require
from customers.companies import alike, completeness, events, policies, switchboards
from customers.companies.cleaning import COMMON, clean, derived
from customers.companies.models import Company, Step
from customers.matching import checking

STEP_FIELDS = {
    Step.POTENTIAL: "potential_at",
    Step.OPPORTUNITY: "opportunity_at",
    Step.SIGNED: "signed_at",
    Step.PAID: "paid_at",
}


def create(values, *, by, owner=None, pool=None, once="", even_if_known=False):
    """Add a company; it belongs to `owner` (the actor unless said otherwise) or lies in `pool`.

    Refused where a rule takes it for one that is there; where the rule only warns, `even_if_known` says that they were compared.
    """
    with creation(events.CREATED, by=by, right="companies.create", once=once, given=values) as found:
        if found.repeated:
            return found.repeated
        values = clean(values)
        policies.require_fields(by, values)
        company = _build(values, owner=owner if (owner or pool) else by, pool=pool)
        like = checking.refuse("companies", alike.facts(company), by=by, even_if_known=even_if_known)
        company.save(force_insert=True)
        switchboards.note([company])
        checking.report(company, like, by=by)
        found.subject = company
        return company


def create_many(rows, *, by, owner_of=None, is_checked=False):
    """Add companies in one go: `rows` are clean values; one event each. One that a rule blocks refuses all, unless they `is_checked`."""
    with transaction.atomic():
        require(by, "companies.create")
        owner_of = owner_of or (lambda values: by)
        companies = [_build(values, owner=owner_of(values)) for values in rows]
        if not is_checked:
            checking.refuse_many("companies", [alike.facts(company) for company in companies])
        insert_many(companies)
        switchboards.note(companies)
        record_many(events.CREATED, companies, by=by)
        return companies


def update(company, values, *, by, version=None, even_if_known=False):
    """Change the given fields; with `version`, refuse when somebody saved in between. Duplicates are asked about as at `create`."""
    with change(events.UPDATED, company, by=by, right="companies.edit") as (company, found):
        refuse_stale(company, version)
        changed = apply(company, clean(values, company=company))
        if not changed:
            found.subject = None
            return company
        policies.require_fields(by, changed, company)
        like = checking.refuse("companies", alike.facts(company), by=by, even_if_known=even_if_known, besides=(company.pk,), fields=changed)
        checking.report(company, like, by=by)
        company.store(*changed, "completeness", *(("sort_key", "latin", "name_key") if "name" in changed else ()))
        if "phone" in changed:
            switchboards.renew([company])
        found.data["fields"] = changed
        return company


def assign(companies, *, to, by, reason=""):
    """Give companies, all that lies under them and what was still to be done for them to another person.

    The ones that already are theirs stay as they are.
    """
    with event(events.ASSIGNED, by=by):
        require(by, "companies.assign")
        ownership.hold_children([company.pk for company in companies])
        rows = chosen.locked(Company, companies, by=by, action="assign")
        if not to.is_active:
            raise Invalid(_("%(name)s has left and cannot own anything.") % {"name": to}, field="owner", code="inactive")
        duties = ownership.pass_on({row.pk: row.owner_id for row in rows if row.owner_id not in (None, to.pk)}, to)
        moved = ownership.hand_over(
            events.ASSIGNED,
            rows,
            to=to,
            by=by,
            cause="assigned",
            reason=reason,
            data=lambda row: {"name": row.name, "count": len(rows), "duties": duties[row.pk]},
        )
        ownership.carry_children([row.pk for row in moved], to)
        return moved


def share(company, *, with_user, by):
    """Let one more person see the company and all that lies under it."""
    with change(events.SHARED, company, by=by, right="companies.assign") as (company, found):
        Share.objects.get_or_create(noun="companies", object_id=company.pk, user=with_user)
        found.data["with"] = with_user.pk
        return company


def delete(company, *, by, because=""):
    """Put the company into the bin with all that lies under it; refused where something of it stays. Asked twice, it lies there.

    `because` names the verb it follows from, which has asked for the right: an undo of what made the company.
    """
    with bin.held(events.DELETED, company, by=by, right=None if because else "companies.delete") as (company, found):
        if company.deleted_at:
            found.subject = None
            return company
        found.data.update({"because": because} if because else {})
        company.deleted_at = clock.now()
        company.store("deleted_at")
        found.data.update(along(bin.take_along([company], by=by, verb=events.DELETED)))
        return company


def delete_many(companies, *, by):
    """Put many companies into the bin, each with what lies under it; all or nothing."""
    with event(events.DELETED, by=by):
        bin.hold("companies", [company.pk for company in companies])
        rows = [row for row in chosen.locked(Company, companies, by=by, action="delete") if not row.deleted_at]
        binned(rows)
        record_many(events.DELETED, rows, by=by)
        bin.take_along(rows, by=by, verb=events.DELETED)
        return rows


def binned(rows):
    """Let these locked records of any kind lie in the bin."""
    for row in rows:
        row.deleted_at = clock.now()
    return store_many(rows, "deleted_at")


def along(taken):
    """What an event of the bin keeps of the children that went along, by noun."""
    return {"along": taken} if taken else {}


def restore(company, *, by, without=(), owner=None):
    """Take the company out of the bin with all that went in with it; see `crm.bin.services.restore` for conflicts."""
    return bin.restore(company, events.RESTORED, by=by, without=without, owner=owner, told=_compared(by))


def _compared(by):
    def told(company, found):
        like = checking.refuse("companies", alike.facts(company), by=by, even_if_known=True, besides=(company.pk,))
        checking.report(company, like, by=by)

    return told


def update_many(companies, values, *, by):
    """Change the same fields of many companies; all or nothing, one event each. Those that have the values already stay as they are."""
    chosen.refuse_own(Company, values, COMMON)
    with event(events.UPDATED, by=by):
        rows = chosen.locked(Company, companies, by=by, action="edit")
        changed = {row.pk: apply(row, clean(values, company=row)) for row in rows}
        touched = store_many([row for row in rows if changed[row.pk]], *values, "completeness")
        record_many(events.UPDATED, touched, by=by, data=lambda row: {"fields": changed[row.pk]})
        return touched


def tag_many(companies, tag, *, by):
    """Put a tag on many companies; those that carry it already stay as they are."""
    tag = one_tag(tag)
    with event(events.UPDATED, by=by):
        rows = chosen.locked(Company, companies, by=by, action="edit")
        fresh = [row for row in rows if tag not in row.tags]
        for row in fresh:
            row.tags = [*row.tags, tag]
            row.updated_at, row.version = clock.now(), row.version + 1
        Company.objects.bulk_update(fresh, ["tags", "updated_at", "version"], batch_size=500)
        record_many(events.UPDATED, fresh, by=by, data=lambda row: {"fields": ["tags"], "tag": tag})
        return fresh


def reach(company, step, *, at, event_of):
    """Note that the company has reached a step of the chain; the earliest known time counts, going on never goes back.

    Called by the verbs of higher floors inside their own event, `event_of`.
    """
    company = Company._base_manager.select_for_update(no_key=True).get(pk=company.pk)
    fields = _reach(company, step, at)
    if fields:
        company.store(*fields)
        event_of.data["step"] = int(step)
    return company


def reach_many(moments, step):
    """The same for many companies at once: `moments` maps their ids to when each reached the step; inside an open event."""
    rows = Company._base_manager.select_for_update(no_key=True).filter(pk__in=moments).order_by("pk")
    moved = [company for company in rows if _reach(company, step, moments[company.pk])]
    return store_many(moved, *STEP_FIELDS.values(), "step", "completeness")


def note_contact(company_id, *, at):
    """Note when the company was last spoken to; a contact entered late never moves the date back."""
    Company._base_manager.filter(pk=company_id).exclude(last_contact_at__gte=at).update(last_contact_at=at)


def reset_contact(company_id, *, at):
    """Note the last contact anew after a correction, None when there is none left."""
    Company._base_manager.filter(pk=company_id).update(last_contact_at=at)


def note_next_step(company, *, at, title):
    """Note what comes next with a locked company, or that nothing is planned (`at` None)."""
    found = {"next_step_at": at, "next_step": title[:200]}
    if any(getattr(company, field) != value for field, value in found.items()):
        Company._base_manager.filter(pk=company.pk).update(**found)


def apply(company, values):
    """Set the values and what follows from them; the names of the fields that changed."""
    changed = [field for field, value in values.items() if getattr(company, field) != value]
    for field in changed:
        setattr(company, field, values[field])
    if "name" in changed:
        company.set_name(values["name"])
    for field, value in derived({field: values[field] for field in changed}).items():
        setattr(company, field, value)
    company.completeness = completeness.score(company)
    return changed + (["domain"] if "website" in changed else [])


def refuse_stale(record, version):
    """Refuse to overwrite what somebody else saved since this person opened the form."""
    if version is not None and record.version != version:
        raise Conflict(
            _("Somebody else saved this record while you were writing. Compare and save again."),
            code="stale",
            facts={"version": record.version},
        )


def _reach(company, step, at):
    """Set the step and the moments of it and those below; the names of the fields that changed.

    History may be entered late: who signed in March was a customer to be by March, whenever the row was made.
    """
    passed = {name: getattr(company, name) for lower, name in STEP_FIELDS.items() if lower <= step}
    fields = [name for name, known in passed.items() if known is None or known > at]
    for name in fields:
        setattr(company, name, at)
    if step > company.step:
        company.step = step
        company.completeness = completeness.score(company)
        fields += ["step", "completeness"]
    return fields


def _build(values, *, owner, pool=None):
    company = Company(created_at=clock.now(), updated_at=clock.now(), potential_at=clock.now(), pool=pool)
    ownership.own(company, owner)
    apply(company, values)
    return company
