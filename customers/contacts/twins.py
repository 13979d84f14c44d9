"""Whether a number or address belongs to somebody we know already."""

from django.db import connection
from django.utils.translation import gettext_lazy as _

from crm.core.errors import Conflict
from customers.contacts.models import Contact, ContactPoint

# What belongs to one person; a switchboard or a fixed line is shared by many.
CERTAIN = (ContactPoint.Kind.MOBILE, ContactPoint.Kind.EMAIL)
# Two requests that bring the same number at the same moment wait for each other here; freed with the transaction.
HOLD_SQL = "SELECT pg_advisory_xact_lock(hashtextextended(norm, 0)) FROM unnest(%s::text[]) AS norm ORDER BY norm"


def refuse(points, *, holder_of=None, even_if_known=False):
    """Refuse a mobile number or an e-mail address that another contact has, without telling whose it is.

    What the contact itself had before is not asked about again.
    """
    norms = {point.norm for point in points if point.kind in CERTAIN}
    if norms and holder_of is not None:
        norms -= set(holder_of.points.values_list("norm", flat=True))
    if not norms or even_if_known:
        return
    with connection.cursor() as cursor:
        cursor.execute(HOLD_SQL, [sorted(norms)])
    twin = known(norms)
    if twin is not None:
        raise Conflict(sentence(twin), code="duplicate", field="mobile")


def known(norms):
    """The first live contact with one of these numbers or addresses, or None."""
    rows = Contact._base_manager.filter(deleted_at=None, points__norm__in=norms, points__kind__in=CERTAIN)
    return rows.select_related("team").order_by("pk").first()


def many_known(norms):
    """For each of these numbers and addresses the live contact that has it, whoever may see it; one query."""
    points = ContactPoint.objects.filter(norm__in=norms, kind__in=CERTAIN, contact__deleted_at=None, contact__isnull=False)
    return {point.norm: point.contact for point in points.select_related("contact__team").order_by("-contact_id")}


def sentence(contact):
    """What somebody is told who brings a person who is there already: who looks after the contact, and nothing more."""
    return _("Somebody with this number or address exists already. %(holder)s looks after this contact.") % {"holder": holder(contact)}


def holder(contact):
    """Who looks after a contact, as those outside its scope may know: the team."""
    return contact.team or _("Nobody")
