"""Whom an address, a form or a program names: company, person, lead or opportunity; and the page of whom a row concerns."""

from collections import defaultdict

from django.contrib.contenttypes.models import ContentType

from crm.web.links import link_to, named_in_query
from customers.companies.models import Company
from customers.contacts.models import Contact
from interactions.followups import abouts

PAGES = {"companies": "/customers/companies/", "contacts": "/customers/contacts/"}


def key_of(about):
    """The name of its kind in an address: `lead` in `?lead=12`."""
    return about.model._meta.model_name


def named(request):
    """What the address of a form names, as `company`, `contact` and `about`; a record out of reach is not there."""
    about = next((row for one in abouts.abouts if (row := named_in_query(request, one.model, key_of(one)))), None)
    contact = named_in_query(request, Contact, "contact")
    company = named_in_query(request, Company, "company") or (contact and contact.company)
    return {"company": company, "contact": contact, "about": about}


def word_of(about):
    """A lead or an opportunity as the hidden field of a form: `leads:12`."""
    return f"{about.noun}:{about.pk}" if about else ""


def about_of(word, by):
    """The record behind such a word, if the person may see it; refused otherwise."""
    noun, _colon, pk = word.partition(":")
    return abouts.load(noun, int(pk) if pk.isdecimal() and len(pk) < 19 else 0, by)


def query_of(record):
    """What opens a form about this record: `company=12`, or `lead=12`."""
    return f"{record._meta.model_name}={record.pk}"


def about_link(row, actor):
    """The lead or opportunity a row is about, its address only for those who may open it; None where there is none."""
    if row.about_id is None:
        return None
    model = ContentType.objects.get_for_id(row.about_kind_id).model_class()
    record = model._base_manager.filter(pk=row.about_id).first()
    return link_to(actor, record, f"/deals/{model.noun}/{row.about_id}/") if record else None


def abouts_of(rows, actor):
    """The leads and opportunities of many rows which the person may see, by (kind, id): one query for each kind."""
    wanted = defaultdict(set)
    for row in rows:
        if row.about_id:
            wanted[row.about_kind_id].add(row.about_id)
    found = {}
    for kind, ids in wanted.items():
        model = ContentType.objects.get_for_id(kind).model_class()
        for record in model.objects.visible_to(actor).filter(pk__in=ids):
            found[kind, record.pk] = record
    return found
