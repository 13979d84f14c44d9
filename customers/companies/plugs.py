"""What companies add to the house."""

from django.utils.translation import gettext_lazy as _

from crm.core import rights
from crm.core.search import first_in_scope
from crm.files import page as files
from crm.files.keeping import keep_files_of
from crm.rest.router import router
from crm.web import nav
from crm.web.pickers import Picker, pickers, scoped_picker
from crm.web.search import Finder, Hit, finders
from customers.companies import (
    alike,
    binning,  # noqa: F401 - registers what goes into the bin with what
    page,
    regions,
    telling,  # noqa: F401 - registers the words for its events
    undoing,  # noqa: F401 - registers what can be taken back
)
from customers.companies.api import CompanyViewSet
from customers.companies.models import Company
from customers.contacts.finding import companies_matching
from customers.matching.subjects import subjects

rights.register(
    "companies",
    _("Companies"),
    extra={"duplicates": _("be told who looks after a company outside the own scope"), "merge": _("merge, and take merges back")},
    masked_fields={"companies.phone": _("switchboard"), "companies.credit_code": _("credit code")},
)
keep_files_of(Company, "customers:companies:detail")
page.tabs.add("files", page.Tab(_("Files"), "files:of-record", "companies.view", 70, address=files.url_of, count=files.count_of))
nav.pages.add(
    "companies", nav.Page(_("Companies"), "customers:companies:list", "building", "customers", "companies.view", 30, "c", tab=2, short=_("Customers"))
)
nav.creations.add("companies", nav.Creation(_("Company"), "customers:companies:new", "building", "companies.create", 10))
router.register("companies", CompanyViewSet)
subjects.add("companies", alike.SUBJECT)
pickers.add("regions", Picker(lambda actor, typed: regions.search(typed), lambda actor, code: regions.region(code)))
pickers.add("companies", scoped_picker(Company, hint=lambda row: row.owner or "", related=("owner",)))


def _find(actor, typed, limit):
    rows = first_in_scope(Company.objects.live().filter(companies_matching(typed, actor)).select_related("owner"), actor, limit)
    return [Hit(row.name, f"/customers/companies/{row.pk}/", f"{row.get_step_display()} · {row.owner or ''}") for row in rows]


finders.add("companies", Finder(_("Companies"), "building", "companies.view", _find, 10))
