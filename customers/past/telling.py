"""The words for a customer that was brought back to an earlier state."""

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.activity.wording import describer
from crm.web import formats
from customers.past import events


@describer(events.RESTORED, icon="arrow-back-up", changes=False)
def restored(activity, facts):
    """Parts of the customer are as they were at a moment."""
    count = activity.data["count"]
    title = _("Restored to the state of %(moment)s") % {"moment": formats.moment(parse_datetime(activity.data["to"]))}
    return title, ngettext("%(n)d value brought back", "%(n)d values brought back", count) % {"n": count}
