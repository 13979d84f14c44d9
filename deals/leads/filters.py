"""How leads are narrowed: lists, export, saved views and API alike."""

from django.utils.translation import gettext_lazy as _

from crm.accounts.filters import InTeam
from crm.accounts.models import Pool
from crm.core import clock
from crm.stars.filters import Starred
from crm.web import filters as f
from customers.companies import options
from deals.leads.finding import matching
from deals.leads.models import Lead


def pools():
    """Pools of leads as choices."""
    return [(pool.pk, pool.name) for pool in Pool.objects.filter(noun="leads")]


class LeadFilters(f.ListFilters):
    """The filters of leads."""

    q = f.Search(matching, for_actor=True, label=_("Search"))
    owner = f.Person(field_name="owner", label=_("Owner"))
    state = f.OneOf(field_name="state", choices=Lead.State.choices, label=_("State"))
    grade = f.OneOf(field_name="grade", choices=Lead.Grade.choices, label=_("Grade"))
    score = f.Between(field_name="score", label=_("Score"))
    pool = f.OneOf(field_name="pool", choices=pools, label=_("Pool"))
    in_pool = f.YesNo(method="lies_in_pool", label=_("Lies in a pool"))
    source = f.OneOf(field_name="source", choices=lambda: options.choices("source"), label=_("Source"))
    industry = f.OneOf(field_name="industry", choices=lambda: options.choices("industry"), label=_("Industry"))
    size = f.OneOf(field_name="size", choices=lambda: options.choices("size"), label=_("Size"))
    region = f.RegionIn(field_name="region", label=_("Region"))
    tag = f.Tagged(field_name="tags", label=_("Tag"))
    idle = f.IdleFor(field_name="last_contact_at", label=_("Last contact"))
    overdue = f.YesNo(method="is_overdue", label=_("Next step overdue"))
    next_step = f.DayRange(field_name="next_step_at", moment=True, label=_("Next step"))
    starred = Starred(label=_("With my star"))
    created = f.DayRange(field_name="created_at", moment=True, label=_("Created"))
    closed = f.DayRange(field_name="closed_at", moment=True, label=_("Closed"))
    company = f.Picked("companies", field_name="company", label=_("Company it became"))
    team = InTeam(field_name="team", label=_("Team"))

    class Meta:
        model = Lead
        fields: list = []

    def lies_in_pool(self, rows, name, value):
        """Those that wait in a pool, or those that do not."""
        return rows.exclude(pool=None) if value else rows.filter(pool=None)

    def is_overdue(self, rows, name, value):
        """Those whose next step should have been done by now."""
        return rows.open().filter(next_step_at__lt=clock.now()) if value else rows
