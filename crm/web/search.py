"""The search over everything: each room registers a finder, each person finds what he may see."""

from collections.abc import Callable
from dataclasses import dataclass

from crm.core.registry import Registry

LIMIT = 5


@dataclass(frozen=True)
class Hit:
    """One found record: its words, what helps to tell it from others, and where it opens."""

    title: str
    url: str
    hint: str = ""


@dataclass(frozen=True)
class Finder:
    """How one noun is searched: `find(actor, typed, limit)` gives hits."""

    label: object
    icon: str
    right: str
    find: Callable
    position: int = 50


finders: Registry[Finder] = Registry("finder")


def search(actor, typed, limit=LIMIT):
    """Hits by noun, in the order of the registry; nothing under two characters."""
    if len(typed.strip()) < 2:
        return []
    groups = []
    for finder in sorted(finders, key=lambda finder: finder.position):
        if actor.may(finder.right):
            hits = finder.find(actor, typed.strip(), limit)
            if hits:
                groups.append({"label": finder.label, "icon": finder.icon, "hits": hits})
    return groups
