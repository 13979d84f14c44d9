"""The menu: rooms register their pages, each person sees those his rights open."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.core.registry import Registry

SECTIONS = {
    "work": "",
    "customers": _("Customers"),
    "deals": _("Deals"),
    "service": _("Service"),
    "manage": _("Management"),
}


class Addressed:
    """Something that leads to a page; where that lies is looked up once, for every page shows the whole menu."""

    url_name: str

    @cached_property
    def url(self):
        """Its address."""
        return reverse(self.url_name)


@dataclass(frozen=True)
class Page(Addressed):
    """A page of the menu: its place, its words, the right that opens it, and a count worth showing.

    `count(user)` gives a number, or (number, whether there are more); it is fetched after the page, not with it.
    """

    label: object
    url_name: str
    icon: str
    section: str
    right: str = ""
    position: int = 50
    key: str = ""
    count: Callable | None = None
    tab: int = 0  # its place on the phone's tab bar, where the first four stand; 0 is not there
    short: object = ""  # its words on the tab bar, where they differ


@dataclass(frozen=True)
class Creation(Addressed):
    """An entry of the “New” menu."""

    label: object
    url_name: str
    icon: str
    right: str
    position: int = 50


TABS = 4

pages: Registry[Page] = Registry("page")
creations: Registry[Creation] = Registry("creation")


def menu_for(user, path):
    """The sections of the side bar for this person, the page they are on marked."""
    allowed = sorted((page for page in pages if not page.right or user.may(page.right)), key=lambda page: page.position)
    current = _current(allowed, path)
    return [
        {"label": label, "items": items}
        for section, label in SECTIONS.items()
        if (items := [_item(page, page is current) for page in allowed if page.section == section])
    ]


def tabs_for(user, path):
    """The tab bar of the phone: the first four pages with a place there; what else there is stands on the page “Me”."""
    allowed = sorted((p for p in pages if p.tab and (not p.right or user.may(p.right))), key=lambda p: p.tab)[:TABS]
    current = _current(allowed, path)
    return [_item(page, page is current) | {"label": page.short or page.label} for page in allowed]


def counts_for(user):
    """The numbers of the menu by the address of their page; pages with nothing to show are left out."""
    found = {}
    for page in pages:
        if page.count and (not page.right or user.may(page.right)):
            counted = page.count(user)
            number, more = counted if isinstance(counted, tuple) else (counted, False)
            if number:
                found[page.url] = f"{number:,}+" if more else f"{number:,}"
    return found


def creations_for(user):
    """The entries of the “New” menu for this person."""
    allowed = sorted((c for c in creations if user.may(c.right)), key=lambda c: c.position)
    return [{"label": c.label, "url": c.url, "icon": c.icon} for c in allowed]


def _item(page, is_current):
    return {
        "label": page.label,
        "url": page.url,
        "icon": page.icon,
        "counted": page.count is not None,
        "key": page.key,
        "current": is_current,
    }


def _current(allowed, path):
    # The first page lies at the root, which every address begins with.
    matching = [page for page in allowed if path.startswith(page.url) and (page.url != "/" or path == "/")]
    return max(matching, key=lambda page: len(page.url), default=None)
