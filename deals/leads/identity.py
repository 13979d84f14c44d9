"""Which company a lead becomes: the name it is registered by and its credit code, or the company that has that code already."""

from django.utils.translation import gettext_lazy as _

from crm.core.errors import Conflict, Invalid
from crm.core.ids import WARNING, credit_code_problem, normal_credit_code
from crm.core.policy import require
from customers.companies import services as companies
from customers.companies.models import Company
from deals.leads.refusals import told_as

CARRIED = ("industry", "size", "region", "source")


def settle(lead, given, *, code_reason, by, even_if_known=False):
    """The company a conversion leads to, and whether it is new; `given` are the values of one, or the company to join.

    Refused with a list of what is missing. Only the right to convert without a credit code, and a reason, does without;
    a code whose check character does not fit is taken with a reason (PRODUCT A5.1).
    """
    if isinstance(given, Company):
        _refuse_out_of_reach(given, by)
        if not given.credit_code:
            _require_identity({"name": given.name, "credit_code": ""}, code_reason, by)
        return given, False
    values = _values_of(lead, given or {})
    _require_identity(values, code_reason, by)
    if twin := _company_with(values["credit_code"]):
        return _join(twin, by), False
    try:
        with told_as("company"):
            return companies.create(values, by=by, owner=lead.owner or by, even_if_known=even_if_known), True
    except Conflict as refusal:
        # Somebody else made it a moment ago: the same code is the same company.
        twin = _company_with(values["credit_code"]) if refusal.field == "company.credit_code" else None
        if twin is None:
            raise
        return _join(twin, by), False


def _values_of(lead, given):
    """The values of a new company: what the lead knows, and above it what was given."""
    values = {field: getattr(lead, field) for field in CARRIED if getattr(lead, field)}
    if lead.name != lead.person:
        values["name"] = lead.name
    values |= {field: value for field, value in given.items() if value not in (None, "")}
    values["credit_code"] = normal_credit_code(values.get("credit_code") or "")
    return values


def _require_identity(values, code_reason, by):
    errors = {}
    if not values.get("name"):
        errors["company.name"] = [_("The registered name of the company is missing.")]
    if values["credit_code"]:
        problem = credit_code_problem(values["credit_code"])
        if problem and (problem[0] != WARNING or not code_reason.strip()):
            errors["company.credit_code"] = [problem[1]]
    elif not code_reason.strip():
        errors["company.credit_code"] = [_("The credit code of the company is missing.")]
    if errors:
        field, sentences = next(iter(errors.items()))
        raise Invalid(sentences[0], code="conversion_incomplete", field=field, errors=errors)
    if not values["credit_code"]:
        require(by, "leads.convert_without_code")


def _company_with(code):
    return Company.objects.live().filter(credit_code=code).select_related("team", "pool").first() if code else None


def _join(twin, by):
    if not Company.objects.visible_to(by).filter(pk=twin.pk).exists():
        raise Conflict(
            _("A company with this credit code exists already. %(holder)s looks after it; hand the lead over to them.")
            % {"holder": twin.team or twin.pool or _("Nobody")},
            code="company_held",
            field="company.credit_code",
        )
    return twin


def _refuse_out_of_reach(company, by):
    if not Company.objects.visible_to(by).filter(pk=company.pk).exists():
        raise Invalid(_("There is no such company in your reach."), field="company", code="out_of_reach")
