"""What data quality adds to the house."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.core import rights
from crm.core.policy import allows
from crm.web import nav
from crm.web.panels import Panel, panels
from customers.companies import flaws
from customers.companies import page as company_page
from customers.quality import (
    handlers,  # noqa: F401 - registers the background work
    subjects,  # noqa: F401 - registers what is cleaned, and the rules for it
)
from customers.quality.models import Proposal
from customers.quality.review import of_record

rights.register(
    "quality",
    gettext_lazy("Data quality"),
    without=("create", "assign", "delete", "import", "export"),
    extra={"run": gettext_lazy("start a cleaning and take one back")},
)


def _contradicted(noun):
    """Records of which a value is contradicted by something else we know, and nobody has decided yet."""
    doubts = Proposal.objects.filter(noun=noun, object_id=OuterRef("pk"), state=Proposal.State.OPEN, is_doubt=True)
    return lambda: Q(Exists(doubts))


for _noun in ("companies", "contacts"):
    flaws.also.add(f"accuracy {_noun}", _contradicted(_noun))


def _filled(record, actor):
    """What cleaning filled in on the record, and what it proposes; nothing where there is neither."""
    found = of_record(record, actor)
    if not found["filled"] and not found["open"]:
        return None
    return found | {"may_decide": allows(actor, f"{record.noun}.edit", record) and actor.may("quality.edit")}


for _noun in ("companies", "contacts"):
    panels.add(f"quality-{_noun}", Panel(_noun, "customers/quality/panel.html", _filled, "quality.view", 30, "left"))
nav.pages.add("quality", nav.Page(gettext_lazy("Data quality"), "customers:quality:page", "activity-heartbeat", "customers", "quality.view", 80))


def _marks(record, actor):
    """What was filled in from elsewhere, where it stands: its source and how sure it is."""
    if not actor.may("quality.view"):
        return {}
    filled = of_record(record, actor)["filled"]
    return {one.proposal.field: _("Filled in: %(source)s (%(n)s%% sure)") % {"source": one.source, "n": one.proposal.certainty} for one in filled}


company_page.marks.add("quality", _marks)
