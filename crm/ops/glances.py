"""The page of operations is put together from what parts of the house register here: tiles on top, sections below.

A part above this one (say, backups) adds its own in its `plugs.py`:

    from crm.ops.glances import ATTENTION, BAD, OK, Glance, Section, State, glances, sections

    def backups(actor):
        last = …
        if last is None:
            return State(BAD, _("There is no backup yet: make one now."), url="#backups")
        return State(OK, _("The last one is of %(when)s.") % {"when": formats.ago(last.at)}, url="#backups")

    glances.add("backups", Glance(_("Backups"), backups, order=60))
    sections.add("backups", Section(_("Backups"), "backups/section.html", context_of, order=60))

`state(actor)` gives one sentence that says how it stands and, where something is wrong, the way out; `url` leads to it (an
address of ours or `#` and the name of a section). `context(actor)` gives what the section's template needs; the template
has no heading of its own, and the section's `id` on the page is its registered name. `title` is a lazy translation;
tiles and sections stand by `order`, in the order of their registration where that is equal. Neither may take long: what costs
more than some milliseconds is measured by a task and read here. One that raises is shown as broken, and the page stands.

What several of them need of the same look is asked once: decorate the function that asks with `@asked_once`.
"""

import functools
import logging
from collections.abc import Callable
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from crm.core.registry import Registry

OK, ATTENTION, BAD = "ok", "warn", "bad"  # the tones of a status (crm/web/components.py)
WORDS = {OK: _("in order"), ATTENTION: _("needs a look"), BAD: _("act now")}
RANK = (OK, ATTENTION, BAD)
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class State:
    """How one part stands: its tone (OK, ATTENTION, BAD), one sentence, and where to look or act."""

    tone: str
    sentence: object
    url: str = ""

    @property
    def words(self):
        """The tone in words."""
        return WORDS[self.tone]


@dataclass(frozen=True)
class Glance:
    """A tile of the page."""

    title: object
    state: Callable
    order: int = 50


@dataclass(frozen=True)
class Section:
    """A section of the page."""

    title: object
    template: str
    context: Callable
    order: int = 50


@dataclass(frozen=True)
class Shown:
    """A registered tile or section with what it says at this moment."""

    name: str
    title: object
    state: State | None = None
    template: str = ""
    context: dict = field(default_factory=dict)


glances: Registry[Glance] = Registry("glance")
sections: Registry[Section] = Registry("section of operations")
_asked: ContextVar[dict | None] = ContextVar("asked", default=None)


@contextmanager
def one_look():
    """Within it, functions marked `@asked_once` ask their question once."""
    token = _asked.set({})
    try:
        yield
    finally:
        _asked.reset(token)


def asked_once(function):
    """A function without arguments whose answer is the same for one look at the page."""

    @functools.wraps(function)
    def ask():
        known = _asked.get()
        if known is None:
            return function()
        if function not in known:
            known[function] = function()
        return known[function]

    return ask


def tiles(actor) -> list[Shown]:
    """Every part with its state, in order; one that cannot be read says so."""
    return [Shown(name, glance.title, _state(name, glance, actor)) for name, glance in _ordered(glances)]


def parts(actor) -> list[Shown]:
    """Every section with its figures, in order."""
    return [_part(name, section, actor) for name, section in _ordered(sections)]


def worst(shown: list[Shown]) -> str:
    """The tone of the whole."""
    return max((tile.state.tone for tile in shown), key=RANK.index, default=OK)


def _ordered(registry):
    return sorted(registry.items(), key=lambda pair: pair[1].order)


def _state(name, glance, actor):
    try:
        with transaction.atomic():  # what fails in the database takes nothing else along
            return glance.state(actor)
    except Exception:
        log.exception("the state of %s cannot be read", name)
        return State(BAD, _("How this stands cannot be read; the reason is in the log of the web server."))


def _part(name, section, actor):
    try:
        with transaction.atomic():
            return Shown(name, section.title, template=section.template, context=section.context(actor))
    except Exception:
        log.exception("the section %s cannot be read", name)
        return Shown(name, section.title, template="ops/broken.html")
