"""How follow-ups are narrowed: list, saved views and API alike."""

from django.utils.translation import gettext_lazy as _

from crm.core import clock
from crm.web import filters as f
from interactions.followups.models import Channel, FollowUp


class FollowUpFilters(f.ListFilters):
    """The filters of follow-ups."""

    q = f.Contains(field_name="title", label=_("What to do"))
    owner = f.Person(field_name="owner", label=_("Owner"))
    state = f.OneOf(field_name="state", choices=FollowUp.State.choices, label=_("State"))
    today = f.YesNo(method="only_today", label=_("Due by the end of today"))
    overdue = f.YesNo(method="only_overdue", label=_("Overdue"))
    due = f.DayRange(field_name="due_at", moment=True, label=_("Due"))
    channel = f.OneOf(field_name="channel", choices=Channel.choices, label=_("Channel"))
    company = f.Picked("companies", field_name="company", label=_("Company"))
    contact = f.Picked("contacts", field_name="contact", label=_("Contact"))

    class Meta:
        model = FollowUp
        fields: list = []

    def only_today(self, rows, name, value):
        """What is to be done today, and what was not done before."""
        return rows.open().due_before(clock.bounds_of(clock.today())[1]) if value else rows

    def only_overdue(self, rows, name, value):
        """What should have been done by now."""
        return rows.open().due_before(clock.now()) if value else rows
