"""Writing the ways to reach a person; called by the verbs of contacts inside their own event."""

from crm.core import clock
from crm.core.bulk import insert_many
from customers.contacts.models import ContactPoint
from customers.contacts.policies import masked


def add(pairs):
    """The points of new contacts: pairs of a contact and its unsaved points; one statement for a thousand."""
    now = clock.now()
    for contact, points in pairs:
        for point in points:
            point.contact_id, point.created_at = contact.pk, now
    insert_many(point for _contact, points in pairs for point in points)


def replace(contact, points):
    """Leave the contact with exactly these points; what was known of those that stay is kept. What was done, for the event."""
    present = {_key(known): known for known in contact.points.all()}
    wanted = {_key(point): point for point in points}
    gone = [known for key, known in present.items() if key not in wanted]
    fresh = [point for key, point in wanted.items() if key not in present]
    stay = [(known, wanted[key]) for key, known in present.items() if key in wanted]
    altered = [known for known, point in stay if (known.label, known.is_primary, known.value) != (point.label, point.is_primary, point.value)]
    if gone:
        contact.points.filter(pk__in=[known.pk for known in gone]).delete()
    # Only one main point of a kind may exist at any moment: first none of them, then the right one.
    contact.points.filter(pk__in=[known.pk for known in altered], is_primary=True).update(is_primary=False)
    for known, point in stay:
        known.label, known.is_primary, known.value = point.label, point.is_primary, point.value
    ContactPoint.objects.bulk_update(altered, ["label", "is_primary", "value"])
    add([(contact, fresh)])
    told = {"added": _told(fresh), "removed": _told(gone), "altered": _told(altered)}
    return {name: points for name, points in told.items() if points}


def judge(point, found, *, is_valid):
    """Note whether the way leads to the person, when this was found out and by whom."""
    point.state = ContactPoint.State.VALID if is_valid else ContactPoint.State.INVALID
    point.verified_at, point.verified_by = clock.now(), found.actor
    point.save(update_fields=["state", "verified_at", "verified_by"])
    found.data.update(kind=point.kind, value=masked(point.kind, point.value))


def _key(point):
    return point.kind, point.norm


def _told(points):
    """What a timeline may say to everybody: the kind, and the value with its middle covered."""
    return [{"kind": point.kind, "value": masked(point.kind, point.value)} for point in points]
