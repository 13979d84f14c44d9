"""What interactions add to the house."""

from django.utils.translation import gettext_lazy as _

from crm.core import rights
from crm.rest.router import router
from crm.web import nav
from customers.companies import page as company_page
from customers.contacts import page as contact_page
from interactions.log import binning, merging, talking, telling  # noqa: F401 - merging and telling register themselves
from interactions.log.api import InteractionViewSet
from interactions.log.talking import COMPOSER

rights.register("interactions", _("Interactions"), without=("assign",))
router.register("interactions", InteractionViewSet)
nav.pages.add("interactions", nav.Page(_("Interactions"), "interactions:log:list", "message-2", "customers", "interactions.view", 50))
nav.creations.add("interactions", nav.Creation(_("Follow-up log"), "interactions:log:new", "pencil-plus", "interactions.create", 5))
company_page.tabs.add("interactions", company_page.Tab(_("Interactions"), "interactions:log:list", "interactions.view", 12))

LOG = company_page.Action(_("Log follow-up"), "interactions:log:new", "pencil-plus", "interactions.create", "primary", "N", 1, in_place=COMPOSER)
# On the phone a visit is logged on the way back to the car.
VISIT = company_page.Action(
    _("Visit"), "interactions:log:new", "map-pin", "interactions.create", position=2, query="channel=visit", in_place=COMPOSER, on_phone=True
)
for page in (company_page, contact_page):
    page.actions.add("log", LOG)
    page.actions.add("visit", VISIT)
for noun in ("companies", "contacts"):
    talking.add_to(noun)
