"""What the past of a customer adds to the house: an entry of the company's menu, the words of its event, its endpoints."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.rest.router import router
from crm.web.recordmenu import MenuItem, menu_items
from customers.past import own, telling  # noqa: F401 - register company and people, and the words of the event
from customers.past.api import AsOfViewSet

menu_items.add(
    "companies-as-of",
    MenuItem("companies", _("Earlier state"), "history", "companies.view", lambda row: reverse("customers:past:as-of", args=[row.pk]), 60),
)
router.register("companies", AsOfViewSet, basename="company-past")
