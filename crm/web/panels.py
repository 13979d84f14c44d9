"""Panels: what a room shows on somebody else's page, registered in its plugs and fetched after the page."""

from collections.abc import Callable
from dataclasses import dataclass

from django.template.loader import render_to_string

from crm.core.registry import Registry

ROWS = 3


@dataclass(frozen=True)
class Panel:
    """A card on the page of a noun: `context(record, actor)` gives what its template shows, or None to stay away."""

    noun: str
    template: str
    context: Callable
    right: str
    position: int = 50
    column: str = "right"


panels: Registry[Panel] = Registry("panel")


def panels_for(noun, actor, column="right"):
    """The panels of a page which this person may see, in order."""
    found = [p for p in panels if p.noun == noun and p.column == column and actor.may(p.right)]
    return sorted(found, key=lambda panel: panel.position)


def draw(request, noun, record, column="right"):
    """All panels of a record's page as HTML, one after the other."""
    drawn = []
    for panel in panels_for(noun, request.user, column):
        context = panel.context(record, request.user)
        if context is not None:
            drawn.append(render_to_string(panel.template, {"record": record, **context}, request))
    return drawn
