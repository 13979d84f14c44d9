"""What a lead is recognised by, and how leads with such things are found."""

from django.utils.translation import pgettext_lazy

from crm.core.errors import Invalid
from crm.core.ids import normal_email
from crm.core.text import fold
from customers.companies.alike import number_of, numbers
from customers.matching import ways
from customers.matching.facts import NOTHING, Facts
from customers.matching.firmnames import half_typed
from customers.matching.subjects import Probe, Subject, by_kind, ids_of
from deals.leads.models import Lead

TABLE = "deals_lead"
# A converted lead is known as the company and the person that it became.
LIVE = "deleted_at IS NULL AND state <> 'converted'"
NAME = f"name_key = wanted AND name_key <> '' AND {LIVE}"
FULL_NAME = f"name_key = split_part(wanted, E'\\n', 1) AND name_key <> '' AND name = split_part(wanted, E'\\n', 2) AND {LIVE}"
PHONE = f"mobile = wanted AND mobile <> '' AND {LIVE}"
MAIL = f"email = wanted AND email <> '' AND {LIVE}"
WECHAT = f"wechat = wanted AND wechat <> '' AND {LIVE}"


def facts(lead) -> Facts:
    """The facts of a lead, stored or about to be."""
    return _facts(lead.name, lead.person, lead.mobile, lead.email, lead.wechat)


def facts_of(values) -> Facts:
    """The same of clean values."""
    return _facts(*(values.get(name, "") for name in ("name", "person", "mobile", "email", "wechat")))


def typed(query) -> Facts:
    """The same of what is being typed; half a number says nothing."""
    mobile = number_of(query.get("mobile", ""))
    return _facts(half_typed(query.get("name", "")), query.get("person", ""), mobile, _mail(query.get("email", "")), query.get("wechat", ""))


def find(keys):
    """The live leads that carry one of these keys, each with its facts; two queries however many keys."""
    asked = by_kind(keys)
    ids = ids_of([
        Probe(TABLE, NAME, asked.get("name", ())),
        Probe(TABLE, FULL_NAME, asked.get("full_name", ())),
        Probe(TABLE, PHONE, asked.get("phone", ())),
        Probe(TABLE, MAIL, asked.get("email", ())),
        Probe(TABLE, WECHAT, asked.get("wechat", ())),
    ])  # fmt: skip
    rows = Lead._base_manager.filter(pk__in=ids, deleted_at=None).select_related("team", "pool", "owner") if ids else ()
    return [(row, facts(row)) for row in rows]


def joins(record, by):
    """Whether a new lead may be added to this customer instead."""
    company = record if record.noun == "companies" else getattr(record, "company", None)
    if record.noun == "leads" or company is None or not by.may("leads.convert"):
        return False
    return bool(company.credit_code) or by.may("leads.convert_without_code")


def _facts(name, person, mobile, email, wechat):
    phones = numbers(mobile)
    domain = ways.domain(email) if email else ""
    return Facts(
        # A lead without a company goes by the name of the person.
        firm="" if name == person else name,
        person=person,
        mobiles=frozenset(number for number in phones if ways.is_mobile(number)),
        phones=phones,
        emails=frozenset({email}) if email else NOTHING,
        domains=frozenset({domain}) if domain else NOTHING,
        wechats=frozenset({wechat, fold(wechat)}) if wechat else NOTHING,
    )


def _mail(text):
    try:
        return normal_email(text) if text else ""
    except Invalid:
        return ""


SUBJECT = Subject(
    "leads",
    pgettext_lazy("one record", "lead"),
    Lead,
    find=find,
    against=("contacts", "companies", "leads"),
    right="leads.duplicates",
    url="/deals/leads/",
    typed=typed,
    joins=joins,
)
