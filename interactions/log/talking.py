"""What the page of a customer shows in its middle: the next step, and the place to log what was said."""

from django.utils.timezone import localtime

from crm.activity.spine import kind_of
from crm.core.policy import allows
from crm.files import page as files
from crm.files.holders import holders
from crm.web.panels import Panel, panels
from interactions.followups import naming, weekdays
from interactions.followups.models import FollowUp
from interactions.followups.tables import is_late

# Where the form opens on the page of a customer.
COMPOSER = "km-composer"
# What is shown of a follow-up, and what the rights to it hang on.
SHOWN = ("title", "due_at", "channel", "state", "contact__name", "owner__name", "owner__username", "team_id", "co_owner_id", "co_team_id")


def add_to(noun):
    """Show next step and composer first on the pages of a noun."""
    panels.add(f"{noun}-talking", Panel(noun, "interactions/log/talking.html", talking, "interactions.view", 0, "middle"))


def talking(record, actor):
    """The earliest open follow-up of the record, and where to log."""
    step = next_step(record, actor)
    closed = getattr(record, "is_converted", False)
    return {
        "step": step,
        "step_weekday": weekdays.short(localtime(step.due_at)) if step else "",
        "step_late": step is not None and is_late(step),
        "may_step": step is not None and allows(actor, "followups.edit", step),
        "log_query": naming.query_of(record),
        "may_log": actor.may("interactions.create") and not closed,
        "files_url": files.url_of(record) if record.noun in holders and allows(actor, f"{record.noun}.edit", record) else "",
    }


def next_step(record, actor):
    """The follow-up that comes first with this customer, of those the person may see."""
    rows = FollowUp.objects.visible_to(actor).open().select_related("contact", "owner").only(*SHOWN)
    return next(iter(rows.filter(**_where(record)).order_by("due_at", "pk")[:1]), None)


def _where(record):
    if record.noun in ("companies", "contacts"):
        return {record._meta.model_name: record.pk}
    return {"about_kind": kind_of(record), "about_id": record.pk}
