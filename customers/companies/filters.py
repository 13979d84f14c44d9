"""How companies are narrowed: list, export, saved views and API alike."""

from functools import reduce
from operator import or_

from django.utils.translation import gettext_lazy as _

from crm.accounts.filters import InTeam
from crm.stars.filters import Starred
from crm.web import filters as f
from customers.companies import flaws, options
from customers.companies.models import Company, Grade, Step
from customers.contacts.finding import companies_matching


class FallsShort(f.OneOf):
    """Rows that fall short of a dimension of data quality: what a figure of the quality page opens."""

    def __init__(self, flawed, **kwargs):
        self.flawed = flawed
        choices = [(code, label) for code, label in flaws.LABELS.items() if code != "completeness"]
        super().__init__(choices=choices, label=_("Data falls short of"), **kwargs)

    def filter(self, qs, value):
        return qs.filter(reduce(or_, map(self.flawed, value))) if value else qs


class CompanyFilters(f.ListFilters):
    """The filters of companies."""

    q = f.Search(companies_matching, for_actor=True, label=_("Search"))
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
    quality = FallsShort(flaws.flawed)
    starred = Starred(label=_("With my star"))
    created = f.DayRange(field_name="created_at", moment=True, label=_("Created"))
    team = InTeam(field_name="team", label=_("Team"))
    # When each step of the chain was reached: what a figure of the funnel opens.
    potential = f.DayRange(field_name="potential_at", moment=True, label=_("Potential since"))
    opportunity = f.DayRange(field_name="opportunity_at", moment=True, label=_("Opportunity since"))
    signed = f.DayRange(field_name="signed_at", moment=True, label=_("Signed since"))
    paid = f.DayRange(field_name="paid_at", moment=True, label=_("Paid since"))

    class Meta:
        model = Company
        fields: list = []
