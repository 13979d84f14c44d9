"""What an opportunity may look like: one set of rules for page, import and API."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from crm.core import clock
from crm.core.cleaning import Problems, tidy
from crm.core.errors import Invalid
from crm.core.figures import figure
from crm.core.money import CURRENCIES, DEFAULT_CURRENCY
from customers.companies import options
from deals.opportunities.models import Opportunity

# What a person may set; everything else on the row is kept by verbs.
FIELDS = (
    "name",
    "company",
    "contact",
    "product",
    "source",
    "need",
    "decision_path",
    "demo_note",
    "quote_note",
    "test_result",
    "amount",
    "currency",
    "expected_close",
    "external_id",
)


def clean(values, *, opportunity=None, opened_on=None, company_may_come_later=False):
    """The values in their stored form, or one refusal that names every problem; only the given fields are looked at.

    An expected close must not have passed, seen from `opened_on`, the day an earlier opportunity was opened, or today.
    Records of an earlier program may lack the company: `company_may_come_later` takes them so.
    """
    unknown = set(values) - set(FIELDS)
    if unknown:
        raise Invalid(_("This field cannot be set."), field=min(unknown), code="unknown_field")
    values, problems = tidy(values), Problems()
    required = ("name",) if company_may_come_later else ("name", "company")
    problems.required(values, *(name for name in required if opportunity is None or name in values))
    problems.length(values, Opportunity)
    _clean_money(values, problems)
    _clean_close(values, problems, opportunity, opened_on or clock.today())
    _clean_place(values, problems, opportunity)
    problems.check()
    return values


def _clean_money(values, problems):
    if values.get("amount") == "":
        values["amount"] = None
    if values.get("amount") is not None:
        with problems.of("amount"):
            values["amount"] = figure(values["amount"], least=0)
    if "currency" in values:
        values["currency"] = values["currency"] or DEFAULT_CURRENCY
        if values["currency"] not in dict(CURRENCIES):
            problems.add("currency", _("“%(value)s” is not one of the choices.") % {"value": values["currency"]})


def _clean_close(values, problems, opportunity, earliest):
    day = values.get("expected_close") or None
    if "expected_close" in values:
        values["expected_close"] = day
    if day is None or (opportunity and day == opportunity.expected_close):
        return
    if not isinstance(day, date) or isinstance(day, datetime):
        problems.add("expected_close", _("A date, please."))
    elif day < earliest and (opportunity is None or opportunity.is_running):
        problems.add("expected_close", _("The expected close date has passed."))


def _clean_place(values, problems, opportunity):
    company = values.get("company") or (opportunity.company if opportunity else None)
    if opportunity and opportunity.company_id and "company" in values and values["company"] != opportunity.company:
        problems.add("company", _("An opportunity stays with its company."))
    contact = values.get("contact")
    if contact is not None and company is not None and contact.company_id != company.pk:
        problems.add("contact", _("%(person)s does not belong to this company.") % {"person": contact})
    if values.get("source"):
        code = options.code_of("source", values["source"])
        if code is None:
            problems.add("source", _("“%(value)s” is not one of the choices.") % {"value": values["source"]})
        values["source"] = code or ""
