"""From lead to customer, and back within seven days (PRODUCT A5.1 to A5.3)."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from crm.activity.models import Activity, StateChange
from crm.activity.spine import change, kind_of, state_changed
from crm.core import clock
from crm.core.errors import WrongState
from customers.companies import services as companies
from customers.contacts import services as contacts
from customers.matching.models import Path
from customers.matching.paths import coming_in_by
from deals.leads import events, identity, leftovers, moving, people
from deals.leads.models import Lead
from deals.leads.outcomes import outcomes, what_holds

TAKEN_BACK_WITHIN = timedelta(days=7)


def convert(lead, *, by, company=None, contact=None, opportunity=None, code_reason="", even_if_known=False):
    """Make a customer of the lead: join or create company and contact, open an opportunity where values are given.

    A new company or contact meets the rules for duplicates; `even_if_known` says that what they warn of was compared.

    `company` and `contact` are values, or records to join; what is left out is taken from the lead. What was said and is
    still to be done moves along; the lead is read-only from then on. Converted already, it stays as it is.
    """
    with change(events.CONVERTED, lead, by=by, right="leads.convert") as (lead, found):
        if lead.is_converted:
            found.subject = None
            return lead
        if not lead.is_open:
            raise WrongState(_("%(lead)s is %(state)s; make it valid first.") % {"lead": lead, "state": lead.get_state_display()}, code="lead_closed")
        with coming_in_by(Path.CONVERSION):
            lead.company, new_company = identity.settle(lead, company, code_reason=code_reason, by=by, even_if_known=even_if_known)
            lead.contact, new_contact = people.join_or_create(lead, lead.company, contact, by=by, even_if_known=even_if_known)
        found.data.update(
            company=lead.company_id,
            contact=lead.contact_id,
            new_company=new_company,
            new_contact=new_contact,
            company_name=lead.company.name,
            code_reason=code_reason.strip(),
        )
        moving.to_customer(lead, before=found.id)
        before, lead.state, lead.closed_at = lead.state, Lead.State.CONVERTED, clock.now()
        lead.store("company", "contact", "state", "closed_at")
        state_changed(found, lead, from_state=before, to_state=lead.state)
        if opportunity is not None:
            made = outcomes["opportunities"].open(lead, opportunity, by=by)
            found.data["opportunity"] = made.pk
            found.about(made)
        found.about(lead.contact, lead.company)
        return lead


def unconvert(lead, *, by, reason=""):
    """Take a conversion back: the lead is as before, with owner and follow-ups; what was made for it and is empty goes.

    Within seven days, and as long as nothing rests on it. Whoever may convert may take it back: what goes into the bin is
    what the conversion made, so nobody needs the right to delete for it. A lead that was taken back already stays as it is.
    """
    with change(events.UNCONVERTED, lead, by=by, right="leads.convert") as (lead, found):
        last = StateChange.objects.filter(kind=kind_of(Lead), object_id=lead.pk).order_by("-id").first()
        if not lead.is_converted:
            if last is None or last.from_state != Lead.State.CONVERTED:
                raise WrongState(_("This lead was not converted."), code="not_converted")
            found.subject = None
            return lead
        _refuse_held(lead)
        made = Activity.objects.get(pk=last.activity_id)
        company, contact = lead.company, lead.contact
        lead.state, lead.closed_at, lead.company, lead.contact = last.from_state, None, None, None
        lead.store("state", "closed_at", "company", "contact")
        state_changed(found, lead, from_state=Lead.State.CONVERTED, to_state=lead.state)
        moving.back_to_lead(lead, company, contact, until=made.id)
        for outcome in outcomes:
            if outcome.withdraw:
                outcome.withdraw(lead, by=by)
        found.data.update(reason=reason.strip()[:300], company=company.pk, company_name=company.name)
        found.about(company)
        _remove_empty(company, contact, made.data, found, by)
        return lead


def _remove_empty(company, contact, made, found, by):
    """Whatever the conversion made and nobody has used since goes to the bin."""
    if contact and made["new_contact"] and not leftovers.of_contact(contact):
        contacts.delete(contact, by=by, because=events.UNCONVERTED)
        found.data["removed_contact"] = contact.pk
    if made["new_company"] and not leftovers.of_company(company):
        companies.delete(company, by=by, because=events.UNCONVERTED)
        found.data["removed_company"] = company.pk


def _refuse_held(lead):
    if clock.now() - lead.closed_at > TAKEN_BACK_WITHIN:
        raise WrongState(
            _("A conversion can be taken back within %(days)d days; this one is older.") % {"days": TAKEN_BACK_WITHIN.days},
            code="conversion_too_old",
        )
    if sentences := what_holds(lead):
        raise WrongState(sentences[0], code="conversion_in_use", facts={"held_by": [str(sentence) for sentence in sentences]})
