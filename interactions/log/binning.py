"""What was said goes into the bin with whom it concerned, and has a bin of its own."""

from crm.bin.belongings import belongs
from crm.bin.waysback import WayBack, ways_back
from customers.companies import services as companies
from customers.contacts import lastcontact as contacts
from interactions.followups.binning import of_one_alone
from interactions.log import services
from interactions.log.lastcontact import latest
from interactions.log.models import Interaction


def settle(rows):
    """People and companies were last spoken to at the latest interaction that is left."""
    for contact in sorted({row.contact_id for row in rows if row.contact_id}):
        contacts.reset_contact(contact, at=latest(contact=contact))
    for company in sorted({row.company_id for row in rows if row.company_id}):
        companies.reset_contact(company, at=latest(company=company))


belongs("companies", Interaction, "company")
belongs("contacts", Interaction, "contact", only=of_one_alone)
ways_back.add("interactions", WayBack(Interaction, services.restore, None, "interactions:log:bin"))
