"""How companies leave the bin, and what they meet there; the rooms above say what lies under a company."""

from crm.bin.waysback import WayBack, ways_back
from customers.companies import alike, services, switchboards
from customers.companies.models import Company
from customers.matching.clashing import clashes_of

# What a company can come back without; its name it cannot.
VALUES = ("credit_code", "phone", "website")


def leave_out(company, field):
    """Let the company come back without this value."""
    setattr(company, field, "")
    if field == "phone":
        switchboards.renew([company])
    if field == "website":
        company.domain = ""
    return [field, "domain"] if field == "website" else [field]


ways_back.add(
    "companies",
    WayBack(Company, services.restore, services.assign, "customers:companies:bin", VALUES, leave_out, clashes_of("companies", alike.facts)),
)
