"""What is planned goes into the bin with whom it concerns."""

from crm.bin.belongings import belongs
from interactions.followups.models import FollowUp
from interactions.followups.nextsteps import settle_company


def settle(rows):
    """The companies of these show what comes first now."""
    for company in sorted({row.company_id for row in rows if row.company_id}):
        settle_company(company)


def of_one_alone():
    """A person without a company: what concerns the company stays with it, what concerns a lead with the lead."""
    return {"company": None, "about_kind": None}


belongs("companies", FollowUp, "company")
belongs("contacts", FollowUp, "contact", only=of_one_alone)
