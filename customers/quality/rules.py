"""The rules of cleaning: small objects that look at a handful of records and say which values should stand otherwise, and why.

    rules.add("company-phone", Rule("companies", _("Phone numbers in the standard form"), look, lossless=True))

`look` (rows, evidence) gives Founds. A rule never writes: what is lossless is applied by the run through the room's verb,
everything else waits for a person.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from crm.core.registry import Registry
from crm.core.text import squash


@dataclass(frozen=True)
class Found:
    """A value that should stand otherwise: of which record, how sure (percent), and from where, as code and facts."""

    object_id: int
    field: str
    before: str
    after: str
    certainty: int = 100
    source: dict = field(default_factory=lambda: {"code": "form"})


@dataclass(frozen=True)
class Rule:
    """One rule. `lossless`: nothing is lost by following it, so that a run may; `fills`: it writes where nothing stood;
    `doubts`: it says that what stands there is contradicted by something else we know.
    """

    noun: str
    label: object
    look: Callable[[list, "Evidence"], Iterable[Found]]
    lossless: bool = False
    fills: bool = False
    doubts: bool = False


@dataclass(frozen=True)
class Subject:
    """A kind of record that is cleaned: its rows, the verb that writes, and how a field and a value read to a person."""

    model: type[Model]
    label: object
    rows: Callable[[], QuerySet]
    correct: Callable
    text_of: Callable
    url: Callable
    field_words: Callable
    value_words: Callable
    guard: Callable  # (field, text) → the field's name in a role's rules, and how it is covered


class Evidence:
    """What one run has learned of the house, each thing once: `evidence.of(area_codes)`."""

    def __init__(self):
        self._known: dict = {}

    def of(self, learn: Callable):
        """What the function found out, asked for the first time."""
        if learn not in self._known:
            self._known[learn] = learn()
        return self._known[learn]


rules: Registry[Rule] = Registry("cleaning rule")
subjects: Registry[Subject] = Registry("subject of cleaning")

# Where a value comes from, in words: code → function of the facts, in the reader's language.
sources: Registry[Callable] = Registry("source of a value")


def source_words(source: dict) -> str:
    """Where a value comes from, as a sentence for people."""
    say = sources.get(source.get("code", ""))
    return say(source) if say else ""


def rules_of(noun: str, wanted=()) -> list[tuple[str, Rule]]:
    """The rules for one kind of record, in their order; only the wanted ones where some are named."""
    return [(code, rule) for code, rule in rules.items() if rule.noun == noun and (not wanted or code in wanted)]


def rewritten(rows, name: str, form: Callable[[str], str]) -> Iterator[Found]:
    """Where a text field reads the same, but should be written in another form."""
    for row in rows:
        text = getattr(row, name)
        if text and (written := form(text)) and written != text:
            yield Found(row.pk, name, text, written)


def reads_the_same(one: str, other: str) -> bool:
    """Whether two writings differ in nothing but width, blanks and marks that take no room: the proof that nothing is lost."""
    return squash(one) == squash(other)


sources.add("form", lambda facts: _("The same value in its standard form"))
