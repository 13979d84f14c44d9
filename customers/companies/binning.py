"""How companies leave the bin, and what they meet there; the rooms above say what lies under a company."""

from crm.bin.obstacles import Obstacle
from crm.bin.waysback import WayBack, ways_back
from customers.companies import alike, services, switchboards
from customers.companies.models import Company
from customers.matching import checking, telling
from customers.matching.models import Action

# What a company can come back without; its name it cannot.
VALUES = ("credit_code", "phone", "website")


def clashes(companies, by):
    """For each of these companies the live ones that a rule takes for the same."""
    facts = [alike.facts(company) for company in companies]
    for company, findings in zip(companies, checking.check("companies", facts, besides=[company.pk for company in companies]), strict=True):
        for one in findings:
            if one.action == Action.BLOCK:
                yield company, Obstacle("duplicate", telling.sentence(one, by), one.field)


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
    WayBack(Company, services.restore, services.assign, "customers:companies:bin", VALUES, leave_out, clashes),
)
