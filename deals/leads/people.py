"""The person behind a lead as a contact of the company it becomes."""

from django.utils.translation import gettext_lazy as _

from crm.core.errors import Invalid
from crm.core.phones import is_mainland_mobile
from customers.contacts import services as contacts
from customers.contacts.models import Contact
from customers.contacts.points import point
from customers.contacts.twins import CERTAIN
from deals.leads.refusals import told_as


def from_lead(lead) -> dict:
    """What the lead tells about its person, in the form that contacts are made from; empty when it names nobody."""
    if not lead.person:
        return {}
    phone = {"mobile" if is_mainland_mobile(lead.mobile) else "phone": lead.mobile} if lead.mobile else {}
    known = {field: getattr(lead, field) for field in ("position", "region", "source", "email", "wechat") if getattr(lead, field)}
    return {"name": lead.person, **phone, **known}


def join_or_create(lead, company, given, *, by, even_if_known=False):
    """The contact a conversion leads to, and whether it is new: the given one, a known one of equal number, or a new one.

    Without a person, given or in the lead, there is none.
    """
    if isinstance(given, Contact):
        if given.company_id != company.pk:
            raise Invalid(_("%(person)s does not belong to this company.") % {"person": given}, field="contact", code="other_company")
        return given, False
    values = from_lead(lead) | {field: value for field, value in (given or {}).items() if value not in (None, "")}
    if not values.get("name"):
        return None, False
    with told_as("contact"):
        if contact := _known(company, values):
            return contact, False
        return contacts.create(values | {"company": company}, by=by, owner=lead.owner or by, even_if_known=even_if_known), True


def _known(company, values):
    """The contact of this company who has the same mobile number or e-mail address already, or None."""
    norms = [point(kind, values[kind]).norm for kind in CERTAIN if values.get(kind)]
    found = Contact.objects.live().filter(company=company, points__kind__in=CERTAIN, points__norm__in=norms)
    return found.order_by("pk").first() if norms else None
