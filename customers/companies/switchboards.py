"""The switchboard of a company among the numbers that are searched."""

from crm.core import clock
from crm.core.bulk import insert_many
from customers.contacts.models import ContactPoint
from customers.contacts.points import point


def note(companies):
    """Make the switchboards of new companies findable."""
    points = []
    for company in companies:
        if company.phone:
            found = point(ContactPoint.Kind.LANDLINE, company.phone, is_primary=True)
            found.company, found.created_at = company, clock.now()
            points.append(found)
    insert_many(points)


def renew(companies):
    """The same after a change."""
    ContactPoint.objects.filter(company__in=[company.pk for company in companies]).delete()
    note(companies)
