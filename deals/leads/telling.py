"""The words for what happens to leads, on timelines and in notices."""

from django.utils.translation import gettext as _

from crm.accounts.models import Pool
from crm.activity.wording import describer
from crm.notifications.notices import Told, on, says
from customers.companies import options
from deals.leads import events


@describer(events.CREATED, icon="user-plus", changes=False)
def created(activity, facts):
    """Somebody showed interest."""
    source = options.labels("source").get(activity.data.get("source", ""), "")
    return _("Lead added"), _("Source: %(source)s") % {"source": source} if source else ""


@describer(events.UPDATED, icon="pencil")
def updated(activity, facts):
    """Facts changed; they are listed below."""
    return _("Lead changed")


@describer(events.CLAIMED, icon="user-check", changes=False, refs={"pool": Pool})
def claimed(activity, facts):
    """Somebody took it out of a pool."""
    return _("Claimed from the pool"), facts.name("pool")


@describer(events.ASSIGNED, icon="arrows-shuffle", changes=False, people=("from", "to"))
def assigned(activity, facts):
    """It was given to a person."""
    return _("Assigned to %(name)s") % {"name": facts.name("to")}, activity.data.get("reason", "")


@describer(events.RETURNED, icon="waves-electricity", changes=False, people=("from",))
def returned(activity, facts):
    """It went back into a pool."""
    return _("Returned to the pool"), activity.data.get("reason", "")


@describer(events.INVALIDATED, icon="ban", changes=False)
def invalidated(activity, facts):
    """It can never become a customer."""
    return _("Marked as invalid"), activity.data["reason"]


@describer(events.REVALIDATED, icon="arrow-back-up", changes=False)
def revalidated(activity, facts):
    """It had been called invalid by mistake."""
    return _("Valid again")


@describer(events.CONVERTED, group="deal", icon="building", tone="ok", changes=False)
def converted(activity, facts):
    """It became a customer."""
    name = activity.data.get("company_name", "")
    words = _("Converted, new company %(name)s") if activity.data.get("new_company") else _("Converted, joined to %(name)s")
    title = words % {"name": name} if facts.is_own else _("Lead converted to this customer")
    reason = activity.data.get("code_reason", "")
    return title, _("Without a checked credit code: %(reason)s") % {"reason": reason} if reason else ""


@describer(events.UNCONVERTED, group="deal", icon="arrow-back-up", tone="warn", changes=False)
def unconverted(activity, facts):
    """The conversion was taken back."""
    return _("Conversion taken back"), activity.data.get("reason", "")


@on(events.ASSIGNED)
def tell_new_owner(activity):
    """Whoever gets a lead is told."""
    return [Told(activity.data["to"], {"reason": activity.data.get("reason", "")}, url=f"/deals/leads/{activity.object_id}/")]


@says(events.ASSIGNED)
def assigned_words(facts):
    """The sentence of that notice."""
    return _("A lead was assigned to you"), facts.get("reason", "")
