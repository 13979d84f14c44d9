"""How contacts are narrowed: list, export, saved views and API alike."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from crm.accounts.filters import InTeam
from crm.stars.filters import Starred
from crm.web import filters as f
from customers.companies import options
from customers.companies.filters import FallsShort
from customers.contacts import flaws
from customers.contacts.finding import matching
from customers.contacts.models import Contact, ContactPoint, DecisionRole, Gender
from customers.contacts.policies import PHONES


class HasPoint(f.YesNo):
    """Whether a person has a point of the given kind or state."""

    def __init__(self, **kwargs):
        self.points = kwargs.pop("points")
        super().__init__(**kwargs)

    def filter(self, qs, value):
        if value is None:
            return qs
        found = Exists(ContactPoint.objects.filter(contact=OuterRef("pk"), **self.points))
        return qs.filter(found if value else ~found)


class ContactFilters(f.ListFilters):
    """The filters of contacts."""

    q = f.Search(matching, for_actor=True, label=_("Search"))
    owner = f.Person(field_name="owner", label=_("Owner"))
    company = f.Picked("companies", field_name="company", label=_("Company"))
    role = f.OneOf(field_name="decision_role", choices=DecisionRole.choices, label=_("Role in the decision"))
    position = f.Text(field_name="position", label=_("Position"))
    source = f.OneOf(field_name="source", choices=lambda: options.choices("source"), label=_("Source"))
    region = f.RegionIn(field_name="region", label=_("Region"))
    tag = f.Tagged(field_name="tags", label=_("Tag"))
    has_phone = HasPoint(points={"kind__in": PHONES}, label=_("Has a phone number"))
    verified = HasPoint(points={"state": ContactPoint.State.VALID}, label=_("Somebody verified a number or address"))
    left = f.YesNo(field_name="has_left", label=_("Has left the company"))
    gender = f.OneOf(field_name="gender", choices=Gender.choices, label=_("Gender"))
    idle = f.IdleFor(field_name="last_contact_at", label=_("Last contact"))
    completeness = f.Between(field_name="completeness", label=_("Completeness"))
    quality = FallsShort(flaws.flawed)
    team = InTeam(field_name="team", label=_("Team"))
    starred = Starred(label=_("With my star"))
    created = f.DayRange(field_name="created_at", moment=True, label=_("Created"))

    class Meta:
        model = Contact
        fields: list = []
