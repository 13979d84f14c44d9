"""What a company is recognised by, and how companies with such things are found."""

from django.utils.translation import pgettext_lazy

from crm.core.errors import Invalid
from crm.core.ids import domain_of, is_public_mail, normal_credit_code
from crm.core.phones import parse
from customers.companies.models import Company
from customers.matching.facts import NOTHING, Facts
from customers.matching.firmnames import half_typed
from customers.matching.subjects import Probe, Subject, by_kind, ids_of

TABLE = "customers_company"
# The conditions are those of the indexes: name, code and domain each have one of their own.
LIVE = "deleted_at IS NULL"
NAME = f"name_key = wanted AND {LIVE}"
FULL_NAME = f"name_key = split_part(wanted, E'\\n', 1) AND name = split_part(wanted, E'\\n', 2) AND {LIVE}"
CODE = f"credit_code = wanted AND credit_code <> '' AND {LIVE}"
DOMAIN = f"domain = wanted AND domain <> '' AND {LIVE}"
# Written so that only the index of the numbers fits.
PHONE = "norm = wanted AND coalesce(company_id, 0) > 0"


def facts(company) -> Facts:
    """The facts of a company, stored or about to be."""
    return _facts(company.name, company.credit_code, company.phone, company.domain)


def facts_of(values) -> Facts:
    """The same of clean values."""
    return _facts(values.get("name", ""), values.get("credit_code", ""), values.get("phone", ""), domain_of(values.get("website") or ""))


def typed(query) -> Facts:
    """The same of what is being typed; half a number or code says nothing."""
    code = normal_credit_code(query.get("credit_code", ""))
    return _facts(half_typed(query.get("name", "")), code if len(code) == 18 else "", number_of(query.get("phone", "")), domain_of(query.get("website", "")))


def number_of(text) -> str:
    """A number as it is stored; empty where it cannot be read."""
    try:
        phone = parse(text)
    except Invalid:
        return ""
    return phone.e164 + (f";{phone.extension}" if phone.extension else "")


def numbers(stored) -> frozenset:
    """A stored number, and without its extension."""
    return frozenset({stored, stored.partition(";")[0]}) if stored else NOTHING


def find(keys):
    """The live companies that carry one of these keys, each with its facts; two queries however many keys."""
    asked = by_kind(keys)
    ids = ids_of([
        Probe(TABLE, NAME, asked.get("name", ())),
        Probe(TABLE, FULL_NAME, asked.get("full_name", ())),
        Probe(TABLE, CODE, asked.get("credit_code", ())),
        Probe(TABLE, DOMAIN, asked.get("domain", ())),
        Probe("customers_contactpoint", PHONE, asked.get("phone", ()), id="company_id"),
    ])  # fmt: skip
    rows = Company._base_manager.filter(pk__in=ids, deleted_at=None).select_related("team", "pool", "owner") if ids else ()
    return [(row, facts(row)) for row in rows]


def _facts(name, credit_code, phone, domain):
    domains = frozenset({domain}) if domain and not is_public_mail(domain) else NOTHING
    return Facts(firm=name, credit_code=credit_code, phones=numbers(phone), domains=domains)


SUBJECT = Subject(
    "companies",
    pgettext_lazy("one record", "company"),
    Company,
    find=find,
    against=("companies",),
    right="companies.duplicates",
    url="/customers/companies/",
    typed=typed,
    tells_all=True,
)
