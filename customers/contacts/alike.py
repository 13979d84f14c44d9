"""What a person is recognised by, and how people with such things are found."""

from django.utils.translation import pgettext_lazy

from crm.core.errors import Invalid
from crm.core.ids import normal_email
from crm.core.text import fold
from customers.companies.alike import number_of, numbers
from customers.contacts.models import Contact, ContactPoint
from customers.contacts.policies import PHONES
from customers.matching.facts import NOTHING, Facts
from customers.matching.subjects import Probe, Subject, by_kind, ids_of

Kind = ContactPoint.Kind
POINTS, OF_A_PERSON = "customers_contactpoint", "coalesce(contact_id, 0) > 0"
PHONE = f"norm = wanted AND kind IN ('{Kind.MOBILE}', '{Kind.LANDLINE}', '{Kind.PHONE}') AND {OF_A_PERSON}"
MAIL = f"norm = wanted AND kind = '{Kind.EMAIL}' AND {OF_A_PERSON}"
WECHAT = f"norm = wanted AND kind = '{Kind.WECHAT}' AND {OF_A_PERSON}"
MEMBER = "company_id = split_part(wanted, ':', 1)::bigint AND sort_key = split_part(wanted, ':', 2) AND deleted_at IS NULL"


def facts(contact, points=None) -> Facts:
    """The facts of a person, stored or about to be; `points` are the ways to reach him, those that are stored unless given."""
    points = contact.points.all() if points is None else points
    company = contact.company
    return _facts(contact.name, company, points)


def facts_of(values) -> Facts:
    """The same of clean values."""
    return _facts(values.get("name", ""), values.get("company"), values.get("points") or ())


def typed(query) -> Facts:
    """The same of what is being typed; half a number says nothing."""
    stored = [number for name in ("mobile", "phone") if (number := number_of(query.get(name, "")))]
    mobile = frozenset(stored[:1]) if number_of(query.get("mobile", "")) else NOTHING
    mail, wechat, company = query.get("email", ""), fold(query.get("wechat", "")), query.get("company", "")
    return Facts(
        person=query.get("name", ""),
        company_id=int(company) if company.isdecimal() and len(company) < 18 else None,
        mobiles=mobile,
        phones=frozenset().union(*map(numbers, stored)),
        emails=frozenset({_mail(mail)} - {""}),
        wechats=frozenset({wechat} - {""}),
        is_firm=False,
    )


def find(keys):
    """The live people that carry one of these keys, each with his facts; three queries however many keys."""
    asked = by_kind(keys)
    ids = ids_of([
        Probe(POINTS, PHONE, asked.get("phone", ()), id="contact_id"),
        Probe(POINTS, MAIL, asked.get("email", ()), id="contact_id"),
        Probe(POINTS, WECHAT, asked.get("wechat", ()), id="contact_id"),
        Probe("customers_contact", MEMBER, asked.get("member", ())),
    ])  # fmt: skip
    rows = Contact._base_manager.filter(pk__in=ids, deleted_at=None) if ids else Contact._base_manager.none()
    return [(row, facts(row)) for row in rows.select_related("team", "owner", "company").prefetch_related("points")] if ids else []


def _facts(name, company, points):
    norms: dict[str, set] = {}
    for point in points:
        norms.setdefault(point.kind, set()).add(point.norm)
    phones = frozenset().union(*(numbers(number) for kind in PHONES for number in norms.get(kind, ())))
    return Facts(
        firm=company.name if company else "",
        person=name,
        company_id=company.pk if company else None,
        mobiles=frozenset(norms.get(Kind.MOBILE, ())),
        phones=phones,
        emails=frozenset(norms.get(Kind.EMAIL, ())),
        wechats=frozenset(norms.get(Kind.WECHAT, ())),
        is_firm=False,
    )


def _mail(text):
    try:
        return normal_email(text) if text else ""
    except Invalid:
        return ""


SUBJECT = Subject(
    "contacts",
    pgettext_lazy("one record", "contact"),
    Contact,
    find=find,
    against=("contacts",),
    right="companies.duplicates",
    url="/customers/contacts/",
    typed=typed,
)
