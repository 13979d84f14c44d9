"""What contacts add to the house."""

from django.utils.translation import gettext_lazy as _

from crm.activity.wording import value_words
from crm.core import rights
from crm.core.search import first_in_scope
from crm.files.keeping import keep_files_of
from crm.rest.router import router
from crm.web import nav
from crm.web.panels import Panel, panels
from crm.web.pickers import pickers, scoped_picker
from crm.web.search import Finder, Hit, finders
from customers.companies import options, regions
from customers.companies import page as company_page
from customers.contacts import (
    alike,
    binning,  # noqa: F401 - registers what goes into the bin with what
    telling,  # noqa: F401 - registers the words of its events
    undoing,  # noqa: F401 - registers what can be taken back
)
from customers.contacts.api import ContactViewSet
from customers.contacts.finding import matching
from customers.contacts.models import Contact, ContactPoint
from customers.contacts.policies import FIELDS, PHONES
from customers.contacts.ways import best
from customers.matching.subjects import subjects

rights.register("contacts", _("Contacts"), extra={"merge": _("merge, and take merges back")}, masked_fields=FIELDS)
keep_files_of(Contact, "customers:contacts:detail")
nav.pages.add("contacts", nav.Page(_("Contacts"), "customers:contacts:list", "address-book", "customers", "contacts.view", 40))
nav.creations.add("contacts", nav.Creation(_("Contact"), "customers:contacts:new", "address-book", "contacts.create", 20))
router.register("contacts", ContactViewSet)
subjects.add("contacts", alike.SUBJECT)
value_words.add("contacts.source", lambda code: options.labels("source").get(code))
value_words.add("contacts.region", regions.words)


def _hint(row):
    return " · ".join(filter(None, (str(row.company or ""), row.position)))


def _find(actor, typed, limit):
    rows = first_in_scope(Contact.objects.live().filter(matching(typed, actor)).select_related("company"), actor, limit)
    return [Hit(row.name, f"/customers/contacts/{row.pk}/", _hint(row)) for row in rows]


def _of_company(company, actor):
    """The people of a company for its page: those who decide first, each with the number to call."""
    found = Contact.objects.visible_to(actor).of_company(company).deciders_first().only("name", "position", "decision_role", "has_left")
    rows = list(found.with_points(ContactPoint.objects.filter(kind__in=PHONES))[: SHOWN + 1])
    people = [{"contact": row, "way": best([ContactPoint(**values) for values in row.reach], actor, PHONES)} for row in rows[:SHOWN]]
    new_url = f"/customers/contacts/new/?company={company.pk}" if actor.may("contacts.create") else ""
    return {"people": people, "more": len(rows) > SHOWN, "new_url": new_url}


SHOWN = 6
pickers.add("contacts", scoped_picker(Contact, hint=_hint, related=("company",), narrow=("company",)))
finders.add("contacts", Finder(_("Contacts"), "address-book", "contacts.view", _find, 20))
panels.add("company-contacts", Panel("companies", "customers/contacts/company_panel.html", _of_company, "contacts.view", 10, "left"))
company_page.tabs.add("contacts", company_page.Tab(_("Contacts"), "customers:contacts:list", "contacts.view", 10))
