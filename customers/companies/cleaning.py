"""What a company may look like: one set of rules for page, import and API."""

from django.utils.translation import gettext_lazy as _

from crm.core.cleaning import Problems, tidy
from crm.core.errors import Invalid
from crm.core.ids import ERROR, credit_code_problem, domain_of, normal_credit_code, normal_website
from crm.core.phones import parse
from customers.companies import options, regions
from customers.companies.models import Company
from customers.matching.firmnames import name_key

# What a person may set; everything else on the row is kept by verbs.
FIELDS = (
    "name",
    "short_name",
    "credit_code",
    "parent",
    "industry",
    "size",
    "employees",
    "revenue",
    "established",
    "region",
    "address",
    "website",
    "phone",
    "source",
    "grade",
    "tags",
    "notes",
    "external_id",
)
# What many companies may have alike; by the others they are told apart. Tags are added one by one, with a verb of their own.
COMMON = ("industry", "size", "source", "grade", "region", "address", "employees", "revenue", "established")
OPTION_FIELDS = {"industry": "industry", "size": "size", "source": "source"}


def clean(values, *, company=None):
    """The values in their stored form, or one refusal that names every problem; only the given fields are looked at."""
    unknown = set(values) - set(FIELDS)
    if unknown:
        raise Invalid(_("This field cannot be set."), field=min(unknown), code="unknown_field")
    values, problems = tidy(values), Problems()
    if company is None or "name" in values:
        problems.required(values, "name")
    _clean_identity(values, problems)
    # Words become codes before lengths are looked at: a place may be written longer than its code.
    _clean_place(values, problems)
    _clean_options(values, problems)
    problems.length(values, Company)
    problems.choices(values, Company)
    _clean_numbers(values, problems)
    if company is not None and values.get("parent") == company:
        problems.add("parent", _("A company cannot be its own group."))
    problems.check()
    return values


def derived(values):
    """What the row keeps besides what was typed: keys for matching and searching."""
    found = {}
    if "name" in values:
        found["name_key"] = name_key(values["name"])
    if "website" in values:
        found["domain"] = domain_of(values["website"])[:120]
    return found


def _clean_identity(values, problems):
    if values.get("credit_code"):
        values["credit_code"] = normal_credit_code(values["credit_code"])
        problem = credit_code_problem(values["credit_code"])
        if problem and problem[0] == ERROR:
            problems.add("credit_code", problem[1])
            values["credit_code"] = ""
    if values.get("website"):
        with problems.of("website"):
            values["website"] = normal_website(values["website"])


def _clean_place(values, problems):
    if values.get("region"):
        code = regions.code_of(str(values["region"]))
        if code is None:
            problems.add("region", regions.unknown(values["region"]))
        values["region"] = code or ""
    if values.get("phone"):
        with problems.of("phone"):
            typed, values["phone"] = values["phone"], ""
            phone = parse(typed)
            values["phone"] = phone.e164 + (f";{phone.extension}" if phone.extension else "")


def _clean_options(values, problems):
    for field, name in OPTION_FIELDS.items():
        if values.get(field):
            code = options.code_of(name, values[field])
            if code is None:
                problems.add(field, _("“%(value)s” is not one of the choices.") % {"value": values[field]})
            values[field] = code or ""


def _clean_numbers(values, problems):
    for field in ("employees", "revenue"):
        if values.get(field) is not None and values[field] < 0:
            problems.add(field, _("This cannot be negative."))
    year = values.get("established")
    if year is not None and not 1600 <= year <= 2100:
        problems.add("established", _("A year of four digits, such as 2008."))
