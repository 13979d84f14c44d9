"""Moments worth going back to: yesterday, a week ago, and just before the last import, merge or bulk change."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from crm.activity.models import About
from crm.activity.spine import kind_of
from crm.core import clock

LOOKED_AT = 500


@dataclass(frozen=True)
class Preset:
    """One such moment: its words and what names it in the address."""

    words: str
    query: str


def presets(company) -> list[Preset]:
    """What is on offer for this customer; one query."""
    days = ((_("Yesterday"), 1), (_("A week ago"), 7))
    ago = [(words, clock.now() - timedelta(days=number)) for words, number in days]
    found = [Preset(words, _at(moment)) for words, moment in ago if moment > company.created_at]
    links = About.objects.filter(kind=kind_of(company), object_id=company.pk).order_by("-at", "-activity_id")
    rows = list(links.values_list("activity_id", "activity__verb", "activity__via", "activity__data__within")[:LOOKED_AT])
    last = {}
    for pk, verb, via, within in rows:
        for name, holds in (("import", via == "import"), ("merge", verb.endswith(".merged")), ("bulk", within is not None and via != "import")):
            if holds and not verb.endswith(".created"):
                last.setdefault(name, pk)
    words = {"import": _("Before the last import"), "merge": _("Before the last merge"), "bulk": _("Before the last bulk change")}
    return found + [Preset(words[name], f"before={last[name]}") for name in words if name in last]


def _at(moment):
    return f"at={timezone.localtime(moment):%Y-%m-%dT%H:%M}"
