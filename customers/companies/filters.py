"""How companies are narrowed: list, export, saved views and API alike."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.core.search import by_digits, by_name
from crm.web import filters as f
from customers.companies import options
from customers.companies.models import Company, Grade, Step
from customers.contacts.models import ContactPoint

# So many numbers with the same digits are enough for a page to choose from.
MOST_HITS = 1000


def matching(typed):
    """Companies by name, or by a number of theirs or of one of their people."""
    digits = by_digits(typed)
    if digits is None:
        return by_name(typed)
    # The ids first: a subquery inside an OR makes the planner read the whole table (docs/adr/0002).
    points = ContactPoint.objects.filter(digits)
    of_companies = points.filter(company__isnull=False).values_list("company_id", flat=True)[:MOST_HITS]
    of_people = points.filter(contact__company__isnull=False).values_list("contact__company_id", flat=True)[:MOST_HITS]
    return Q(pk__in=sorted({*of_companies, *of_people}))


class CompanyFilters(f.ListFilters):
    """The filters of companies."""

    q = f.Search(matching, label=_("Search"))
    owner = f.Person(field_name="owner", label=_("Owner"))
    step = f.OneOf(field_name="step", choices=Step.choices, label=_("Chain"))
    industry = f.OneOf(field_name="industry", choices=lambda: options.choices("industry"), label=_("Industry"))
    region = f.RegionIn(field_name="region", label=_("Region"))
    size = f.OneOf(field_name="size", choices=lambda: options.choices("size"), label=_("Size"))
    source = f.OneOf(field_name="source", choices=lambda: options.choices("source"), label=_("Source"))
    grade = f.OneOf(field_name="grade", choices=Grade.choices, label=_("Grade"))
    idle = f.IdleFor(field_name="last_contact_at", label=_("Last contact"))
    tag = f.Tagged(field_name="tags", label=_("Tag"))
    completeness = f.Between(field_name="completeness", label=_("Completeness"))
    created = f.DayRange(field_name="created_at", moment=True, label=_("Created"))

    class Meta:
        model = Company
        fields: list = []
