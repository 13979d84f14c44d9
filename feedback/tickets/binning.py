"""Feedback goes into the bin with its company, or with a person who has none."""

from crm.bin.belongings import belongs
from crm.bin.waysback import WayBack, ways_back
from feedback.tickets import services
from feedback.tickets.models import Ticket

belongs("companies", Ticket, "company")
belongs("contacts", Ticket, "contact", only=lambda: {"company": None})
ways_back.add("tickets", WayBack(Ticket, services.restore, services.assign, "feedback:tickets:bin"))
