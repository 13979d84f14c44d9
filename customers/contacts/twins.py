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
        raise Conflict(
            _("Somebody with this number or address exists already. %(holder)s looks after this contact.") % {"holder": holder(twin)},
            code="duplicate", field="mobile",
        )


def known(norms):
    """The first live contact with one of these numbers or addresses, or None."""
    rows = Contact._base_manager.filter(deleted_at=None, points__norm__in=norms, points__kind__in=CERTAIN)
    return rows.select_related("team").order_by("pk").first()


def holder(contact):
    """Who looks after a contact, as those outside its scope may know: the team."""
    return contact.team or _("Nobody")
