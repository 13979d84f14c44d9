"""What a contract may look like: one set of rules for page, import and API."""

from django.utils.translation import gettext_lazy as _

from crm.core.cleaning import Problems, tidy
from crm.core.errors import Invalid
from crm.core.figures import figure
from deals.contracts.models import Contract

FIELDS = (
    "name",
    "company",
    "opportunity",
    "amount",
    "currency",
    "starts_on",
    "ends_on",
    "payment_terms",
    "signatory",
    "notes",
    "external_id",
)
REQUIRED = ("name", "company", "amount")
# What may still be written when both sides have signed.
OPEN_FIELDS = {"notes", "external_id"}


def clean(values, *, contract=None):
    """The values in their stored form, or one refusal that names every problem; only the given fields are looked at."""
    unknown = set(values) - set(FIELDS)
    if unknown:
        raise Invalid(_("This field cannot be set."), field=min(unknown), code="unknown_field")
    values, problems = tidy(values), Problems()
    problems.required(values, *(name for name in REQUIRED if contract is None or name in values))
    problems.length(values, Contract)
    problems.choices(values, Contract)
    if values.get("amount") not in (None, ""):
        with problems.of("amount"):
            values["amount"] = figure(values["amount"], least=0)
    _clean_parties(values, contract, problems)
    _clean_days(values, contract, problems)
    problems.check()
    return values


def carried(values):
    """The values, and what is known already from the opportunity for those that were not given."""
    opportunity = values.get("opportunity")
    if opportunity is None:
        return values
    known = {name: getattr(opportunity, name) for name in ("company", "name", "amount", "currency")}
    given = {name: value for name, value in values.items() if value not in (None, "")}
    return values | {name: value for name, value in known.items() if value is not None and name not in given}


def _clean_parties(values, contract, problems):
    company = values.get("company") or (contract and contract.company)
    if contract is not None and company != contract.company:
        problems.add("company", _("A contract stays with its company."))
    opportunity = values.get("opportunity")
    if opportunity is not None and company is not None and opportunity.company_id != company.pk:
        problems.add("opportunity", _("This opportunity belongs to another company."))


def _clean_days(values, contract, problems):
    starts, ends = (values.get(name, getattr(contract, name, None)) for name in ("starts_on", "ends_on"))
    if starts and ends and ends < starts:
        problems.add("ends_on", _("The end must not lie before the start."))
