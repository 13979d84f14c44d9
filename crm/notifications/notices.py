"""Who is told what: rooms declare notices for their events, and the words for them.

@on("followups.due")
def due(activity):
    return [Told(activity.data["owner"], {"title": activity.data["title"]}, "/interactions/…/", own=True)]

@says("followups.due")
def words(facts):
    return _("Due now: %(title)s") % facts          # or (title, body); in the reader's language, when it is read
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from crm.core.registry import Registry


@dataclass(frozen=True)
class Told:
    """One notice to one person (by id); `own` tells also the person who did it, `key` keeps a notice from being repeated."""

    user_id: int
    facts: dict = field(default_factory=dict)
    url: str = ""
    own: bool = False
    key: str = ""


tellers: Registry[tuple[str, Callable]] = Registry("notice")
sayings: Registry[Callable] = Registry("words for notices")


def on(verb: str):
    """Register a function of one activity that says who is told; several rooms may tell of the same event."""

    def register(function):
        tellers.add(f"{verb} {function.__module__}.{function.__qualname__}", (verb, function))
        return function

    return register


def says(code: str):
    """Register the words of a notice: a function of its facts."""
    return sayings.named(code)


def tellers_of(verb: str) -> list[Callable]:
    """The functions registered for an event."""
    return [function for known, function in tellers if known == verb]


def words_of(notice) -> tuple[str, str]:
    """Title and body of a notice in the present language."""
    say = sayings.get(notice.code)
    words = say(notice.facts) if say else notice.facts.get("title", notice.code)
    return words if isinstance(words, tuple) else (words, "")
