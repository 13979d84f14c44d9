"""What a kind of record gets by being mergeable: an entry in its menu and its list, a panel, the words, and old addresses that lead on."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.core.policy import allows
from crm.core.successors import successors
from crm.web.lists import Bulk, further_bulks
from crm.web.panels import Panel, panels
from crm.web.recordmenu import MenuItem, menu_items
from customers.merging.journal import merges_into
from customers.merging.kinds import kinds
from customers.merging.redirects import successors_of
from customers.merging.telling import tell_of


def offer(noun):
    """Let people merge records of this kind; said once for each kind, in the plugs of its room."""
    kind, right = kinds[noun], f"{noun}.merge"
    tell_of(noun)
    successors.add(noun, successors_of(noun))
    panels.add(f"{noun}-merges", Panel(noun, "customers/merging/panel.html", _panel, f"{noun}.view", 90))
    menu_items.add(f"{noun}-merge", MenuItem(noun, _("Merge with another"), "git-merge", right, lambda row: f"{reverse(kind.url)}?ids={row.pk}"))
    further_bulks.add(f"{noun}-merge", (noun, Bulk("merging", _("Merge"), "git-merge", f"{kind.url}-bulk", right)))


def _panel(record, actor):
    """What was merged into the record, and the way back."""
    may = allows(actor, f"{record.noun}.merge", record)
    rows = [row | {"may_unmerge": may and row["merge"].is_open} for row in merges_into(record)]
    return {"rows": rows} if rows else None
