"""Finding people by what is typed: a name, a number or part of one, an address."""

import re

from django.db.models import Q

from crm.core.masking import HIDDEN, MASKED
from crm.core.search import by_digits, by_name
from customers.contacts.models import ContactPoint

# So many numbers with the same digits are enough for a page to choose from.
MOST_HITS = 1000


def points_with(typed, actor):
    """The points whose number holds these digits, or whose address is this one; None where it is neither.

    Who reads numbers masked finds them by what he sees, the last four, or by all of it, so that no search tells the middle.
    """
    if "@" in typed:
        return ContactPoint.objects.filter(kind=ContactPoint.Kind.EMAIL, norm=typed.strip().casefold())
    digits = by_digits(typed)
    if digits is None:
        return None
    rule = actor.field_rule("contacts.phone")
    if rule == HIDDEN:
        return ContactPoint.objects.none()
    plain = re.sub(r"\D", "", typed)
    if rule == MASKED and len(plain) != 4:
        return ContactPoint.objects.filter(digits__in=(plain, plain.removeprefix("86")))
    return ContactPoint.objects.filter(digits)


def matching(typed, actor):
    """People by name, pinyin or initials, or by a number or address of theirs."""
    points = points_with(typed, actor)
    if points is None:
        return by_name(typed)
    # The ids first: a subquery inside an OR makes the planner read the whole table (docs/adr/0002).
    found = points.filter(contact__isnull=False).values_list("contact_id", flat=True)
    return Q(pk__in=sorted(set(found[:MOST_HITS])))


def companies_matching(typed, actor):
    """Companies by name, or by a number of theirs or of one of their people."""
    points = points_with(typed, actor)
    if points is None:
        return by_name(typed)
    of_companies = points.filter(company__isnull=False).values_list("company_id", flat=True)
    of_people = points.filter(contact__company__isnull=False).values_list("contact__company_id", flat=True)
    return Q(pk__in=sorted({*of_companies[:MOST_HITS], *of_people[:MOST_HITS]}))
