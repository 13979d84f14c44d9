"""How people go into the bin and leave it: with their company, and with what was said to them alone."""

from crm.bin.belongings import belongs
from crm.bin.waysback import WayBack, ways_back
from customers.contacts import alike, services
from customers.contacts.models import Contact, ContactPoint
from customers.matching.clashing import clashes_of

KINDS = {"mobile": ("mobile",), "phone": ("mobile", "landline", "phone"), "email": ("email",), "wechat": ("wechat",)}


def leave_out(contact, field):
    """Let the person come back without the numbers or addresses of this kind."""
    ContactPoint.objects.filter(contact=contact, kind__in=KINDS[field]).delete()
    return []


belongs("companies", Contact, "company")
ways_back.add(
    "contacts",
    WayBack(Contact, services.restore, services.assign, "customers:contacts:bin", tuple(KINDS), leave_out, clashes_of("contacts", alike.facts)),
)
