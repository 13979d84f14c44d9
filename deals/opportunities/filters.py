"""How opportunities are narrowed: list, board, export, saved views and API alike."""

from django.utils.translation import gettext_lazy as _

from crm.accounts.filters import InTeam
from crm.core.search import by_name
from crm.stars.filters import Starred
from crm.web import filters as f
from customers.companies import options
from deals.opportunities.models import Opportunity, Stage


def stages():
    """Stages as choices, in their order."""
    return [(stage.code, str(stage)) for stage in Stage.objects.all()]


class Reached(f.OneOf):
    """Opportunities that got as far as a stage, or further, at any time; several stages: as far as the first of them."""

    def __init__(self, **kwargs):
        super().__init__(choices=lambda: [(stage.code, str(stage)) for stage in Stage.objects.exclude(kind__in=("lost", "void"))], **kwargs)

    def filter(self, qs, value):
        return qs.got_as_far_as(Stage.objects.filter(code__in=value).earliest("position")) if value else qs


class OpportunityFilters(f.ListFilters):
    """The filters of opportunities."""

    q = f.Search(by_name, label=_("Search"))
    owner = f.Person(field_name="owner", label=_("Owner"))
    team = InTeam(field_name="team", label=_("Team"))
    stage = f.OneOf(field_name="stage__code", choices=stages, label=_("Stage"))
    state = f.OneOf(field_name="state", choices=Stage.Kind.choices, label=_("State"))
    company = f.Picked("companies", field_name="company", label=_("Company"))
    product = f.Picked("products", field_name="product", label=_("Product"))
    source = f.OneOf(field_name="source", choices=lambda: options.choices("source"), label=_("Source"))
    industry = f.OneOf(field_name="company__industry", choices=lambda: options.choices("industry"), label=_("Industry"))
    region = f.RegionIn(field_name="company__region", label=_("Region"))
    amount = f.Between(field_name="amount", label=_("Expected amount"))
    close = f.DayRange(field_name="expected_close", label=_("Expected close"))
    opened = f.DayRange(field_name="opened_at", moment=True, label=_("Opened"))
    closed = f.DayRange(field_name="closed_at", moment=True, label=_("Closed"))
    starred = Starred(label=_("With my star"))
    stagnant = f.YesNo(method="only_stagnant", label=_("Stagnant"))
    reached = Reached(label=_("Got as far as"))

    class Meta:
        model = Opportunity
        fields: list = []

    def only_stagnant(self, rows, name, value):
        """Those past the longest stay of their stage."""
        return rows.stagnant() if value else rows
