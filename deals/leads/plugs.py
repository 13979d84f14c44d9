"""What leads add to the house."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from crm.activity.wording import value_words
from crm.core import keyset, rights
from crm.core.masking import guards
from crm.core.search import first_in_scope
from crm.importexport.known import known_mappings
from crm.rest.router import router
from crm.web import nav
from crm.web.pickers import LIMIT, Picker, pickers
from crm.web.search import Finder, Hit, finders
from customers.companies import options, regions
from customers.companies import page as company_page
from customers.matching.subjects import subjects
from customers.merging.offering import offer
from deals.leads import (
    alike,
    binning,  # noqa: F401 - registers what goes into the bin with what
    merging,  # noqa: F401 - registers how leads are merged
    policies,
    quality,  # noqa: F401 - registers what is cleaned
    queue,
    services,
    telling,  # noqa: F401 - registers the words of its events
    undoing,  # noqa: F401 - registers what can be taken back
)
from deals.leads.api import LeadAccess, LeadMerging, LeadPairs, LeadViewSet
from deals.leads.finding import matching
from deals.leads.models import Lead
from deals.leads.tables import phone_words
from interactions.followups.abouts import About, abouts
from interactions.log import talking

rights.register(
    "leads",
    _("Leads"),
    extra={
        "claim": _("claim from a pool"),
        "return": _("return to a pool"),
        "convert": _("convert to a customer, and back"),
        "convert_without_code": _("convert without a credit code"),
        "duplicates": _("be told of duplicates outside the own scope"),
        "merge": _("merge, and take merges back"),
    },
    masked_fields=policies.FIELDS,
)

guards.add("leads", policies.GUARD)

abouts.add(
    "leads",
    About(
        model=Lead,
        refuse=services.refuse_silent,
        contacted=services.contacted,
        last_contact=services.last_contact,
        next_step=services.next_step,
    ),
)
talking.add_to("leads")

router.register("leads", LeadViewSet)
router.register("leads", LeadMerging, basename="lead-merge")
router.register("leads/duplicates", LeadPairs, basename="lead-duplicate")
router.register("leads/access", LeadAccess, basename="lead-access")
offer("leads")
subjects.add("leads", alike.SUBJECT)


def _to_work_today(user):
    return sum(queue.counts(user).values())


def _held(user):
    return keyset.count_briefly(Lead.objects.live().open().filter(owner__isnull=False), user.scope(Lead))


def _waiting_in_pools(user):
    return keyset.count_briefly(Lead.objects.live().open().filter(owner=None, pool__isnull=False), user.scope(Lead))


nav.pages.add(
    "queue",
    nav.Page(_("Today's queue"), "queue:today", "list-check", "work", "leads.edit", 1, "q", _to_work_today, tab=1, short=_("Queue")),
)
nav.pages.add("leads", nav.Page(_("Leads"), "deals:leads:list", "user-plus", "customers", "leads.view", 10, "l", _held))
nav.pages.add("pool", nav.Page(_("Pool"), "deals:leads:pool", "waves-electricity", "customers", "leads.view", 20, "p", _waiting_in_pools))
nav.creations.add("leads", nav.Creation(_("Lead"), "deals:leads:new", "user-plus", "leads.create", 8))
company_page.tabs.add("leads", company_page.Tab(_("Leads"), "deals:leads:list", "leads.view", 60))
for field in ("source", "industry", "size"):
    value_words.add(f"leads.{field}", lambda code, name=field: options.labels(name).get(code, code))
value_words.add("leads.region", regions.words)


def _rows(actor, typed, limit):
    rows = Lead.objects.live().select_related("owner", "pool")
    return list(first_in_scope(rows.filter(matching(typed, actor)), actor, limit))


def _search(actor, typed):
    return _rows(actor, typed, LIMIT) if typed else list(Lead.objects.newest_visible_to(actor, LIMIT).select_related("owner", "pool"))


def _one(actor, pk):
    return Lead.objects.visible_to(actor).filter(pk=pk).first()


def _find(actor, typed, limit):
    return [Hit(row.name, f"/deals/leads/{row.pk}/", _hint(row, actor)) for row in _rows(actor, typed, limit)]


def _hint(row, actor):
    return " · ".join(filter(None, (row.person if row.person != row.name else "", phone_words(row, actor), str(row.owner or row.pool or ""))))


pickers.add("leads", Picker(_search, _one, lambda row: row.person))
finders.add("leads", Finder(_("Leads"), "user-plus", "leads.view", _find, 5))

for file in ("leads", "closed_deals"):
    known_mappings.add(f"olist_funnel/{file}", ("leads", Path(__file__).parents[1] / "mappings" / "olist_funnel" / f"{file}.json"))
