"""How interactions are narrowed: list, export, saved views and API alike."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.accounts.filters import InTeam
from crm.web import filters as f
from interactions.followups.models import Channel
from interactions.log.models import Interaction, Outcome


def matching(typed):
    """Interactions by the words of their subject or their key points."""
    return Q(subject__icontains=typed) | Q(key_points__icontains=typed)


class InteractionFilters(f.ListFilters):
    """The filters of interactions."""

    q = f.Search(matching, label=_("Search"))
    channel = f.OneOf(field_name="channel", choices=Channel.choices, label=_("Channel"))
    outcome = f.OneOf(field_name="outcome", choices=Outcome.choices, label=_("Outcome"))
    owner = f.Person(field_name="owner", label=_("Author"))
    at = f.DayRange(field_name="at", moment=True, label=_("Day"))
    company = f.Picked("companies", field_name="company", label=_("Company"))
    contact = f.Picked("contacts", field_name="contact", label=_("Contact"))
    satisfaction = f.Between(field_name="satisfaction", label=_("Satisfaction"))
    inbound = f.YesNo(field_name="is_inbound", label=_("The customer contacted us"))
    team = InTeam(field_name="team", label=_("Team"))

    class Meta:
        model = Interaction
        fields: list = []
