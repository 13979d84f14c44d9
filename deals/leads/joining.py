"""A new lead that turns out to be a customer is added to that customer (PRODUCT A4.5)."""

from django.db import transaction
from django.utils.translation import gettext as _

from crm.core.errors import Invalid
from customers.companies.models import Company
from customers.contacts.models import Contact
from deals.leads import services
from deals.leads.alike import joins
from deals.leads.conversion import convert

MODELS = {model.noun: model for model in (Company, Contact)}


def add_to_customer(values, *, to, by, once=""):
    """Keep the lead, with its source and its need, and convert it at once into the company or contact `to`, in one step.

    `to` is written `contacts:12`; what it names must be in the reach of `by`.
    """
    record = _record(to, by)
    company = record if isinstance(record, Company) else record.company
    contact = record if isinstance(record, Contact) else None
    with transaction.atomic():
        lead = services.create(values, by=by, once=once, even_if_known=True)
        reason = _("The customer was there already.")
        return convert(lead, by=by, company=company, contact=contact, code_reason="" if company.credit_code else reason, even_if_known=True)


def _record(to, by):
    noun, _mark, pk = to.partition(":")
    rows = MODELS[noun].objects.visible_to(by).select_related() if noun in MODELS and pk.isdecimal() and len(pk) < 18 else None
    record = rows.filter(pk=pk).first() if rows is not None else None
    if record is None or not joins(record, by):
        raise Invalid(_("There is no such customer in your reach."), code="out_of_reach")
    return record
