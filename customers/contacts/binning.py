"""How people go into the bin and leave it: with their company, and with what was said to them alone."""

from crm.bin.belongings import belongs
from crm.bin.obstacles import Obstacle
from crm.bin.waysback import WayBack, ways_back
from customers.contacts import alike, services
from customers.contacts.models import Contact, ContactPoint
from customers.matching import checking, telling
from customers.matching.models import Action

KINDS = {"mobile": ("mobile",), "phone": ("mobile", "landline", "phone"), "email": ("email",), "wechat": ("wechat",)}


def clashes(contacts, by):
    """For each of these people those who carry a certain value of theirs by now."""
    facts = [alike.facts(contact) for contact in contacts]
    for contact, findings in zip(contacts, checking.check("contacts", facts, besides=[contact.pk for contact in contacts]), strict=True):
        for one in findings:
            if one.action == Action.BLOCK:
                yield contact, Obstacle("duplicate", telling.sentence(one, by), one.field)


def leave_out(contact, field):
    """Let the person come back without the numbers or addresses of this kind."""
    ContactPoint.objects.filter(contact=contact, kind__in=KINDS[field]).delete()
    return []


belongs("companies", Contact, "company")
ways_back.add(
    "contacts",
    WayBack(Contact, services.restore, services.assign, "customers:contacts:bin", tuple(KINDS), leave_out, clashes),
)
