"""The words for interactions on timelines."""

from django.utils.html import format_html
from django.utils.translation import gettext as _

from crm.activity.wording import describer
from customers.contacts.models import Contact
from interactions.followups.models import Channel
from interactions.log import events
from interactions.log.tables import outcome_of


@describer(events.LOGGED, group="contact", icon="message-2", changes=False, refs={"contact": Contact})
def logged(activity, facts):
    """Channel and person, then what was said and what came of it."""
    data = activity.data
    channel = dict(Channel.choices).get(data["channel"], data["channel"])
    title = f"{channel} · {facts.name('contact')}" if data.get("contact") else str(channel)
    said = data.get("key_points") or data.get("subject", "")
    return title, format_html("{} {}", said, outcome_of(data.get("outcome", "")))


@describer(events.UPDATED, group="contact", icon="pencil")
def updated(activity, facts):
    """It was corrected; the fields are listed below."""
    return _("Interaction corrected")


@describer(events.DELETED, group="contact", icon="trash", changes=False)
def deleted(activity, facts):
    """It was put into the bin."""
    return _("Interaction put into the bin"), activity.data.get("subject", "")
