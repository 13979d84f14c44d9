"""What opportunities add to the house."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from crm.core import keyset, rights
from crm.core.search import by_name, first_in_scope
from crm.files.keeping import keep_files_of
from crm.importexport.known import known_mappings
from crm.rest.router import router
from crm.web import nav
from crm.web.panels import Panel, panels
from crm.web.pickers import pickers, scoped_picker
from crm.web.search import Finder, Hit, finders
from customers.companies import page as company_page
from deals.leads.outcomes import Outcome, outcomes
from deals.opportunities import (
    asof,  # noqa: F401 - registers what the past of a customer shows
    binning,  # noqa: F401 - registers what goes into the bin with what
    from_leads,
    services,
    telling,  # noqa: F401 - registers the words of its events
    undoing,  # noqa: F401 - registers what can be taken back
)
from deals.opportunities.api import OpportunityViewSet
from deals.opportunities.company_panel import company_panel, contact_panel
from deals.opportunities.models import Opportunity
from interactions.followups.abouts import About, abouts
from interactions.log import talking

MAPPINGS = Path(__file__).parents[1] / "mappings" / "crm_pipeline"

rights.register(
    "opportunities",
    _("Opportunities"),
    extra={"override": _("move on without what the stage asks for")},
    masked_fields={"opportunities.amount": _("expected amount")},
)
keep_files_of(Opportunity, "deals:opportunities:detail")

abouts.add(
    "opportunities",
    About(model=Opportunity, refuse=services.refuse_silent, contacted=services.contacted, last_contact=services.last_contact),
)

talking.add_to("opportunities")
outcomes.add("opportunities", Outcome(open=from_leads.open_one, withdraw=from_leads.withdraw, holds=from_leads.holds))

router.register("opportunities", OpportunityViewSet)


def _running(user):
    return keyset.count_briefly(Opportunity.objects.live().running(), user.scope(Opportunity))


nav.pages.add(
    "opportunities",
    nav.Page(_("Opportunities"), "deals:opportunities:board", "layout-kanban", "deals", "opportunities.view", 50, "d", _running, tab=3),
)
nav.creations.add("opportunities", nav.Creation(_("Opportunity"), "deals:opportunities:new", "layout-kanban", "opportunities.create", 40))
pickers.add("opportunities", scoped_picker(Opportunity, hint=lambda row: row.company or "", related=("company",), narrow=("company",)))
company_page.actions.add("opportunity", company_page.Action(_("New opportunity"), "deals:opportunities:new", "plus", "opportunities.create", position=20))
company_page.tabs.add("opportunities", company_page.Tab(_("Opportunities"), "deals:opportunities:list", "opportunities.view", 20))


def _find(actor, typed, limit):
    rows = first_in_scope(Opportunity.objects.live().filter(by_name(typed)).select_related("company", "stage"), actor, limit)
    return [Hit(row.name, f"/deals/opportunities/{row.pk}/", f"{row.company or ''} · {row.stage}") for row in rows]


finders.add("opportunities", Finder(_("Opportunities"), "layout-kanban", "opportunities.view", _find, 30))
panels.add(
    "company-opportunities",
    Panel("companies", "deals/opportunities/company_panel.html", company_panel, "opportunities.view", 10),
)
panels.add(
    "contact-opportunities",
    Panel("contacts", "deals/opportunities/company_panel.html", contact_panel, "opportunities.view", 10),
)

for kind, file in (("people", "sales_teams"), ("products", "products"), ("companies", "accounts"), ("opportunities", "sales_pipeline")):
    known_mappings.add(f"crm_pipeline/{file}", (kind, MAPPINGS / f"{file}.json"))
