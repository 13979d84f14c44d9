"""Customers from one sheet: the company and the person to speak to in one row; several rows may name one company."""

from contextlib import contextmanager
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from crm.core.errors import Conflict, Invalid
from crm.importexport.importers import Field
from crm.importexport.lookups import PERSON, own_identity
from crm.importexport.owners import owner_for, together
from customers.companies import alike as company_alike
from customers.companies import importers as companies
from customers.companies import known
from customers.companies import services as company_services
from customers.companies.cleaning import clean as clean_company
from customers.companies.models import Company
from customers.contacts import alike, services, several
from customers.contacts import importing as people
from customers.contacts.cleaning import clean as clean_contact
from customers.matching import importing

# What both speak of is the company's, but for a number one is called on and the source, which they share.
OF_COMPANY = [one for one in companies.FIELDS if one.name not in ("owner", "external_id", "notes", "tags", "parent")]
OF_PERSON = [one for one in people.FIELDS if one.name not in ("company", "owner", "external_id", "region", "source")]
COMPANY_ROW = "company_row"
PERSON_NAMES = {"name": "contact_name", "phone": "contact_phone"}
COMPANY_NAMES = {"name": "company_name", "phone": "company_phone"}


def _as_company(one):
    """A field of the company under a name of its own."""
    label = _("Company phone") if one.name == "phone" else one.label
    return replace(one, name=COMPANY_NAMES.get(one.name, one.name), label=label, key=False)


def _as_person(one):
    label = _("Contact") if one.name == "name" else one.label
    return replace(one, name=PERSON_NAMES.get(one.name, one.name), label=label, key=False)


FIELDS = (
    *map(_as_company, OF_COMPANY),
    *map(_as_person, OF_PERSON),
    Field("owner", _("Owner"), "负责人, 客户负责人, 销售, 业务员, account owner, sales rep", related=PERSON),
    Field("company_external_id", _("External ID of the company"), "客户编号, 公司编号, customer id, account id"),
    Field("external_id", _("External ID"), "外部编号, 联系人编号, contact id"),
)


def check(values, by, record=None):
    """Company and person in their stored form."""
    owner = owner_for("companies", values.get("owner"), by)
    company = {one.name: values[name] for one in OF_COMPANY if (name := _as_company(one).name) in values}
    company["external_id"] = values.get("company_external_id", "")
    person = {one.name: values[name] for one in OF_PERSON if (name := _as_person(one).name) in values}
    person["external_id"] = values.get("external_id", "")
    with _named(COMPANY_NAMES):
        cleaned = clean_company(companies.apart(company))
    # The company is made or found when the row is taken in; here it only has to be named.
    with _named(PERSON_NAMES):
        person = clean_contact(several.apart(person) | {"company": Company(name=cleaned["name"])}, by=by)
    rows = {"company_row": importing.Asked(company_alike.facts_of(cleaned)), "person_row": importing.Asked(alike.facts_of(person))}
    return {"company": cleaned, "person": person, "owner": owner} | rows


@contextmanager
def _named(names):
    """A refusal names its fields as the sheet does: the name of the company is not that of the person."""
    try:
        yield
    except Invalid as refusal:
        raise Invalid.of({names.get(name, name): sentences for name, sentences in refusal.errors.items()}) from refusal


def create_many(rows, *, by):
    """Join or add the companies, then add the people under them."""
    found, fresh = _companies(rows, by)
    held = found | fresh
    placed = [row["person"] | {"company": held[_key(row)], "owner": row["owner"]} for row in rows]
    made = together(placed, services.create_many, by=by, is_checked=True)
    for contact, row in zip(made, rows, strict=True):
        contact.came_with = fresh.pop(_key(row), None)
    importing.report(made, [row["person_row"] for row in rows], by)
    return made


def beside(contact):
    """The company that the row of a new contact brought, if it was the first to name it."""
    return [contact.came_with] if contact.came_with else []


def _companies(rows, by):
    """The companies that the rows name, by key: those that are there and visible, and new ones, made once however many rows name one."""
    wanted = {_key(row): row for row in reversed(rows)}
    twins = known.twins({identity for row in wanted.values() for identity in known.identities(row["company"])})
    found, fresh = {}, []
    for key, row in wanted.items():
        field, twin = next(((one[0], twins[one]) for one in known.identities(row["company"]) if one in twins), ("", None))
        if twin is None:
            fresh.append((key, row))
        elif Company.objects.visible_to(by).filter(pk=twin.pk).exists():
            found[key] = twin
        else:
            raise Conflict(known.sentence(field, twin), code="duplicate", field="company_name")
    values = [row["company"] | {"owner": row["owner"]} for _key, row in fresh]
    made = together(values, company_services.create_many, by=by, is_checked=True) if fresh else []
    importing.report(made, [row["company_row"] for _key, row in fresh], by)
    return found, {key: company for (key, _row), company in zip(fresh, made, strict=True)}


def _key(row):
    return known.identities(row["company"])[0]


def identities(row):
    """The row is known by its person; its company is joined, or compared with those that are there."""
    known_by = people.identities(row["person"]) if row["person"]["points"] else own_identity(row["person"])
    return [*known_by, importing.identity(row["person_row"]), importing.identity(row["company_row"], COMPANY_ROW)]


def twins_of(wanted, by):
    """People who are there already; of a company it is only said that there is one much like it."""
    return people.twins_of(wanted, by) | importing.noted("companies", wanted, by, kind=COMPANY_ROW, joins="company_name")
