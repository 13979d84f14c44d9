"""What merging adds to the house. Rooms of higher floors register their kind beside their verbs and call `offer` in their plugs."""

from crm.rest.router import router
from customers.merging import (
    companies,  # noqa: F401 - registers how companies are merged
    contacts,  # noqa: F401 - registers how people are merged
    platform,  # noqa: F401 - registers what becomes of the platform's rows
)
from customers.merging.api import CompanyMerging, ContactMerging
from customers.merging.offering import offer

for _noun in ("companies", "contacts"):
    offer(_noun)
router.register("companies", CompanyMerging, basename="company-merge")
router.register("contacts", ContactMerging, basename="contact-merge")
