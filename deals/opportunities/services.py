"""The verbs of opportunities: open, update, assign, move through the stages, win, lose, void, reopen, bin."""

from django.utils.translation import gettext_lazy as _

from crm.activity import ownership
from crm.activity.spine import change, creation, event, owner_changed, record_many
from crm.activity.undo import company_of
from crm.bin import services as bin
from crm.core import chosen, clock
from crm.core.errors import Invalid, WrongState
from crm.core.policy import require
from customers.companies import services as companies
from customers.companies.models import Company, Step
from deals.opportunities import events, gates
from deals.opportunities.cleaning import clean
from deals.opportunities.models import Opportunity, Stage
from deals.opportunities.stages import enter, first_stage, stage_of

Kind = Stage.Kind
OTHER_AT_LEAST = 10
# Stages that no move leads to, and the way that does.
OTHER_WAYS = {
    Kind.WON: ("won_by_order", _("An opportunity is won when its order is placed. Place the order; the stage follows by itself.")),
    Kind.PENDING_ORDER: ("pending_by_contract", _("This stage follows by itself when the contract is signed.")),
    Kind.LOST: ("lose_with_reason", _("To close it as lost, give the reason, the competitor and what happened.")),
    Kind.VOID: ("void_with_reason", _("To call it void, give the reason.")),
}


def create(values, *, by, owner=None, lead=None, once=""):
    """Open an opportunity in the first stage; its company has thereby reached the second step of the chain."""
    with creation(events.CREATED, by=by, right="opportunities.create", once=once, given=values) as found:
        if found.repeated:
            return found.repeated
        values = clean(values)
        _refuse_out_of_reach(values["company"], by)
        opportunity = Opportunity(created_at=clock.now(), updated_at=clock.now(), opened_at=clock.now(), lead=lead)
        ownership.own(opportunity, owner or by, values["company"])
        apply(opportunity, values)
        found.subject = opportunity
        enter(opportunity, first_stage(), found)
        owner_changed(found, opportunity, cause="created")
        companies.reach(opportunity.company, Step.OPPORTUNITY, at=opportunity.opened_at, event_of=found)
        return opportunity


def update(opportunity, values, *, by, version=None):
    """Change the given fields; a later expected close counts as pushed."""
    with change(events.UPDATED, opportunity, by=by, right="opportunities.edit") as (opportunity, found):
        companies.refuse_stale(opportunity, version)
        before = opportunity.expected_close
        changed = apply(opportunity, clean(values, opportunity=opportunity))
        if not changed:
            found.subject = None
            return opportunity
        if "company" in changed:
            _refuse_out_of_reach(opportunity.company, by)
            companies.reach(opportunity.company, Step.OPPORTUNITY, at=opportunity.opened_at, event_of=found)
        opportunity.store(*changed)
        found.data["fields"] = [field for field in changed if field in values]
        if opportunity.expected_close != before:
            found.data["close"] = [day and day.isoformat() for day in (before, opportunity.expected_close)]
            found.data["pushed"] = opportunity.pushed
        found.about_of(opportunity, "company")
        return opportunity


def assign(opportunities, *, to, by, reason=""):
    """Give opportunities to another person; those that already are theirs stay as they are."""
    with event(events.ASSIGNED, by=by):
        rows = chosen.locked(Opportunity, opportunities, by=by, action="assign")
        if not to.is_active:
            raise Invalid(_("%(name)s has left and cannot own anything.") % {"name": to}, field="owner", code="inactive")
        return ownership.hand_over(events.ASSIGNED, rows, to=to, by=by, cause="assigned", reason=reason)


def move(opportunity, stage, *, by, amount=None, expected_close=None, values=None, override_reason="", version=None):
    """Move to another open stage. Forward only with what `gates` ask for, given here or known before; back at any time.

    An administrator may move on without it by a reason, which stays on the record. Nobody wins, loses or voids this way.
    """
    with change(events.MOVED, opportunity, by=by, right="opportunities.edit") as (opportunity, found):
        if opportunity.stage_id == stage.pk:
            found.subject = None
            return opportunity
        companies.refuse_stale(opportunity, version)
        _refuse_closed(opportunity)
        _refuse_other_ways(stage)
        given = {"amount": amount, "expected_close": expected_close}
        changed = _fill_in(opportunity, {key: value for key, value in given.items() if value is not None} | (values or {}), by)
        missing = gates.missing(opportunity, stage)
        if missing:
            _refuse_unless_overridden(opportunity, missing, override_reason, by)
            found.data["override"] = [one.field for one in missing]
        enter(opportunity, stage, found, *changed, note=override_reason if missing else "", is_override=bool(missing))
        return opportunity


def mark_pending_order(opportunity, *, by):
    """The contract is signed: what is left is the order. Called by the verb that signs it."""
    with change(events.CONTRACT_SIGNED, opportunity, by=by) as (opportunity, found):
        if opportunity.state in (Kind.PENDING_ORDER, Kind.WON):
            found.subject = None
            return opportunity
        _refuse_closed(opportunity)
        enter(opportunity, stage_of(Kind.PENDING_ORDER), found)
        return opportunity


def win(opportunity, *, by, at=None):
    """The order is placed. Called by the verb that places it and by nothing else (PRODUCT A5.7)."""
    with change(events.WON, opportunity, by=by) as (opportunity, found):
        if opportunity.state == Kind.WON:
            found.subject = None
            return opportunity
        _refuse_closed(opportunity)
        enter(opportunity, stage_of(Kind.WON), found, at=at)
        return opportunity


def reopen_after_cancel(opportunity, *, by, note=""):
    """The order was called off: back to the stage before. Called by the verb that cancels it."""
    with change(events.REOPENED, opportunity, by=by) as (opportunity, found):
        if opportunity.state != Kind.WON:
            found.subject = None
            return opportunity
        return _reopen(opportunity, found, note)


def lose(opportunity, *, reason, competitor, note, by, at=None):
    """The sale is lost: for which reason of the second level, to whom, and what happened."""
    with change(events.LOST, opportunity, by=by, right="opportunities.edit") as (opportunity, found):
        if opportunity.state == Kind.LOST:
            found.subject = None
            return opportunity
        _refuse_closed(opportunity)
        refuse_unexplained(reason, competitor, note)
        opportunity.lost_reason, opportunity.competitor, opportunity.lost_note = reason, competitor.strip(), note.strip()
        found.data.update(reason=reason.code, competitor=opportunity.competitor)
        enter(opportunity, stage_of(Kind.LOST), found, "lost_reason", "competitor", "lost_note", at=at, note=note.strip())
        return opportunity


def void(opportunity, *, reason, by):
    """It never was a chance to sell, for this reason; it counts neither as won nor as lost."""
    with change(events.VOIDED, opportunity, by=by, right="opportunities.edit") as (opportunity, found):
        if opportunity.state == Kind.VOID:
            found.subject = None
            return opportunity
        _refuse_closed(opportunity)
        found.data["reason"] = _reason(reason)
        enter(opportunity, stage_of(Kind.VOID), found, note=found.data["reason"])
        return opportunity


def reopen(opportunity, *, reason, by):
    """A lost or void sale is alive again: back to the stage it was lost in."""
    with change(events.REOPENED, opportunity, by=by, right="opportunities.edit") as (opportunity, found):
        if opportunity.is_running:
            found.subject = None
            return opportunity
        if opportunity.state == Kind.WON:
            raise WrongState(_("A won opportunity is reopened by cancelling its order."), code="won_by_order")
        return _reopen(opportunity, found, _reason(reason))


def delete(opportunity, *, by, because=""):
    """Put the opportunity into the bin; a won one stays. `because` names the verb it follows from, which has asked for the right."""
    with bin.held(events.DELETED, opportunity, by=by, right=None if because else "opportunities.delete") as (opportunity, found):
        if opportunity.deleted_at:
            found.subject = None
            return opportunity
        _refuse_won(opportunity)
        found.data.update({"because": because} if because else {})
        opportunity.deleted_at = clock.now()
        opportunity.store("deleted_at")
        found.data.update(companies.along(bin.take_along([opportunity], by=by, verb=events.DELETED)))
        found.about_of(opportunity, "company")
        return opportunity


def delete_many(opportunities, *, by):
    """Put many opportunities into the bin; all or nothing."""
    with event(events.DELETED, by=by):
        bin.hold("opportunities", [opportunity.pk for opportunity in opportunities])
        rows = [row for row in chosen.locked(Opportunity, opportunities, by=by, action="delete") if not row.deleted_at]
        for row in rows:
            _refuse_won(row)
        companies.binned(rows)
        record_many(events.DELETED, rows, by=by, about=company_of)
        bin.take_along(rows, by=by, verb=events.DELETED)
        return rows


def restore(opportunity, *, by, without=(), owner=None):
    """Take the opportunity out of the bin with what went in with it; see `crm.bin.services.restore` for conflicts."""

    def told(opportunity, found):
        found.about_of(opportunity, "company")

    return bin.restore(opportunity, events.RESTORED, by=by, without=without, owner=owner, told=told)


def refuse_silent(opportunity):
    """There is always something to say about an opportunity, won and lost ones included."""


def contacted(opportunity, *, at, outcome, event):
    """Note a contact about the opportunity; told by the log, in its event."""
    if opportunity.last_contact_at is None or at > opportunity.last_contact_at:
        last_contact(opportunity, at=at)


def last_contact(opportunity, *, at):
    """Note the last contact, None when there is none left."""
    opportunity.last_contact_at = at
    opportunity.store("last_contact_at")


def apply(opportunity, values):
    """Set the values and what follows from them; the names of the fields that changed, derived ones included."""
    changed = [field for field, value in values.items() if getattr(opportunity, field) != value]
    before = opportunity.expected_close
    for field in changed:
        setattr(opportunity, field, values[field])
    if "name" in changed:
        opportunity.set_name(values["name"])
        changed += ["sort_key", "latin"]
    if "company" in changed and values["company"]:
        # One of an earlier program that lacked its company is given it now.
        opportunity.co_owner_id, opportunity.co_team_id = values["company"].owner_id, values["company"].team_id
        changed += ["co_owner", "co_team"]
    if "expected_close" in changed and before and opportunity.expected_close and opportunity.expected_close > before:
        opportunity.pushed += 1
        changed.append("pushed")
    return changed


def _fill_in(opportunity, values, by):
    """What the person adds while moving; the industry belongs to the company."""
    industry = values.pop("industry", None)
    if industry:
        opportunity.company = companies.update(opportunity.company, {"industry": industry}, by=by)
    return apply(opportunity, clean(values, opportunity=opportunity))


def _reopen(opportunity, found, note):
    left = opportunity.stage_changes.filter(to_stage=opportunity.stage, is_taken_back=False).latest("id")
    before = left.from_stage or first_stage()
    opportunity.lost_reason, opportunity.competitor, opportunity.lost_note = None, "", ""
    found.data["note"] = note[:300]
    enter(opportunity, before, found, "lost_reason", "competitor", "lost_note", note=note)
    return opportunity


def _reason(text):
    if not text.strip():
        raise Invalid(_("A reason is needed."), field="reason", code="reason_required")
    return text.strip()[:300]


def _refuse_out_of_reach(company, by):
    if not Company.objects.visible_to(by).filter(pk=company.pk).exists():
        raise Invalid(_("There is no such company in your reach."), field="company", code="out_of_reach")


def _refuse_won(opportunity):
    if opportunity.state == Kind.WON:
        raise WrongState(_("A won opportunity belongs to an order and stays."), code="won_by_order")


def _refuse_closed(opportunity):
    if not opportunity.is_running:
        raise WrongState(_("This opportunity is closed (%(stage)s). Reopen it first.") % {"stage": opportunity.stage}, code="opportunity_closed")


def _refuse_other_ways(stage):
    if stage.kind in OTHER_WAYS:
        code, sentence = OTHER_WAYS[stage.kind]
        raise WrongState(sentence, code=code)


def _refuse_unless_overridden(opportunity, missing, reason, by):
    if reason.strip():
        require(by, "opportunities.override", opportunity)
        return
    errors = {}
    for one in missing:
        errors.setdefault(one.field, []).append(one.sentence)
    raise Invalid(missing[0].sentence, code="stage_requirements", field=missing[0].field, errors=errors)


def refuse_unexplained(reason, competitor, note):
    errors = {}
    if reason is None or reason.parent_id is None:
        errors["reason"] = [_("Choose a reason of the second level.")]
    if not competitor.strip():
        errors["competitor"] = [_("Name the competitor, or write that there was none.")]
    if not note.strip():
        errors["note"] = [_("Say what happened.")]
    elif reason is not None and reason.code.startswith("other") and len(note.strip()) < OTHER_AT_LEAST:
        errors["note"] = [_("At least %(least)d characters, %(given)d given.") % {"least": OTHER_AT_LEAST, "given": len(note.strip())}]
    if errors:
        first = next(iter(errors.items()))
        raise Invalid(first[1][0], code="loss_unexplained", field=first[0], errors=errors)
