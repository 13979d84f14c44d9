"""What merging adds to the house."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.core.policy import allows
from crm.core.successors import successors
from crm.rest.router import router
from crm.web.lists import Bulk, further_bulks
from crm.web.panels import Panel, panels
from crm.web.recordmenu import MenuItem, menu_items
from customers.merging import (
    companies,  # noqa: F401 - registers how companies are merged
    contacts,  # noqa: F401 - registers how people are merged
    platform,  # noqa: F401 - registers what becomes of the platform's rows
    telling,  # noqa: F401 - registers the words of its events
)
from customers.merging.api import CompanyMerging, ContactMerging
from customers.merging.journal import merges_into
from customers.merging.kinds import kinds
from customers.merging.redirects import successors_of


def _panel(record, actor):
    """What was merged into the record, and the way back."""
    may = allows(actor, f"{record.noun}.merge", record)
    rows = [row | {"may_unmerge": may and row["merge"].is_open} for row in merges_into(record)]
    return {"rows": rows} if rows else None


def _offer(noun, kind):
    right = f"{noun}.merge"
    successors.add(noun, successors_of(noun))
    panels.add(f"{noun}-merges", Panel(noun, "customers/merging/panel.html", _panel, f"{noun}.view", 90))
    menu_items.add(f"{noun}-merge", MenuItem(noun, _("Merge with another"), "git-merge", right, lambda row: f"{reverse(kind.url)}?ids={row.pk}"))
    further_bulks.add(f"{noun}-merge", (noun, Bulk("merging", _("Merge"), "git-merge", f"{kind.url}-bulk", right)))


for _noun, _kind in kinds.items():
    _offer(_noun, _kind)
router.register("companies", CompanyMerging, basename="company-merge")
router.register("contacts", ContactMerging, basename="contact-merge")
