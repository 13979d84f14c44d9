"""What a lead may look like: one set of rules for page, import and API."""

from django.utils.translation import gettext_lazy as _

from crm.core.cleaning import Problems, tidy
from crm.core.errors import Invalid
from crm.core.ids import normal_email
from crm.core.phones import parse
from customers.companies import options, regions
from customers.matching.firmnames import name_key
from deals.leads.models import Lead

# What a person may set; everything else on the row is kept by verbs.
FIELDS = (
    "name",
    "person",
    "position",
    "mobile",
    "email",
    "wechat",
    "source",
    "industry",
    "size",
    "region",
    "need",
    "tags",
    "external_id",
)
OPTION_FIELDS = ("source", "industry", "size")


def clean(values, *, lead=None):
    """The values in their stored form, or one refusal that names every problem; only the given fields are looked at."""
    unknown = set(values) - set(FIELDS)
    if unknown:
        raise Invalid(_("This field cannot be set."), field=min(unknown), code="unknown_field")
    values, problems = tidy(values), Problems()
    _clean_names(values, lead, problems)
    _clean_ways(values, problems)
    _clean_options(values, problems)
    problems.length(values, Lead)
    problems.check()
    return values


def derived(values):
    """What the row keeps besides what was typed: keys for matching and searching."""
    found = {}
    if "name" in values:
        found["name_key"] = name_key(values["name"])
    if "mobile" in values:
        found["digits"] = parse(values["mobile"].partition(";")[0]).digits[:20] if values["mobile"] else ""
    return found


def _clean_names(values, lead, problems):
    """The company or the person: a lead without a company goes by the name of the person."""
    person = values.get("person", lead.person if lead else "")
    if lead is None or "name" in values:
        values["name"] = values.get("name") or person
        if not values["name"]:
            problems.add("name", _("The name of the company or of the person is needed."))


def _clean_ways(values, problems):
    if values.get("mobile"):
        with problems.of("mobile"):
            phone = parse(values["mobile"])
            values["mobile"] = phone.e164 + (f";{phone.extension}" if phone.extension else "")
    if values.get("email"):
        with problems.of("email"):
            values["email"] = normal_email(values["email"])


def _clean_options(values, problems):
    for field in OPTION_FIELDS:
        if values.get(field):
            code = options.code_of(field, values[field])
            if code is None:
                problems.add(field, _("“%(value)s” is not one of the choices.") % {"value": values[field]})
            values[field] = code or ""
    if values.get("region"):
        code = regions.code_of(str(values["region"]))
        if code is None:
            problems.add("region", _("“%(value)s” is not a province, city or district, or there are several of that name.") % {"value": values["region"]})
        values["region"] = code or ""
