"""The page of a merge: the records side by side, what differs, what is proposed, what hangs on each."""

from dataclasses import dataclass, field
from string import ascii_uppercase

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from crm.core.masking import may_write, shown
from crm.web import formats
from customers.merging import proposing


@dataclass(frozen=True)
class Cell:
    """What one record has in a row: its text, and whether that is chosen."""

    letter: str
    record: object
    text: str
    is_chosen: bool = False
    can_choose: bool = False


@dataclass(frozen=True)
class Row:
    """One field across the records: `pick` chooses one, `take` any number, and without both there is nothing to choose."""

    name: str
    label: str
    cells: list[Cell]
    result: str
    differs: bool
    control: str = ""
    is_same: bool = False


@dataclass
class Page:
    """All that the template shows."""

    kind: object
    records: list
    survivor: object
    by: object
    counts: object = None
    proposed: dict = field(default_factory=dict)

    def __post_init__(self):
        self.counts = proposing.counts_of(self.kind.model, [row.pk for row in self.records])
        self.proposed = proposing.proposal(self.kind, self.survivor, self.records, self.by)

    @property
    def heads(self):
        """The columns: each record with its letter, its related rows and the address that makes it the one that stays."""
        return [
            {
                "letter": letter,
                "record": row,
                "stays": row.pk == self.survivor.pk,
                "born": formats.day(row.created_at),
                "step": getattr(row, "step", None),
                "url": reverse(self.kind.page_url, args=[row.pk]),
                "swap": f"?{self.query(survivor=row.pk)}",
                "counts": _listed(f"{words} {number:,}" for words, number in self.counts.of(row)),
            }
            for letter, row in zip(ascii_uppercase, self.records, strict=False)
        ]

    @property
    def rows(self):
        """Every field that one of them has filled in, the owner among them."""
        found = [self._row(choice) for choice in self.kind.choices]
        found.insert(1, self._owner())
        found[2:2] = [self._united(find) for find in self.kind.united]
        return [row for row in found if row is not None]

    @property
    def tags(self):
        """What speaks for and against their being one, in words."""
        found = []
        for evidence in self.kind.evidence:
            sets = [values for values in evidence.values(self.records).values() if values]
            if len(sets) < 2:
                continue
            if set.intersection(*sets):
                found.append(("ok", evidence.same, "equal"))
            elif not any(one & other for place, one in enumerate(sets) for other in sets[place + 1 :]):
                found.append(("warn", evidence.different, "equal-not"))
        return [{"tone": tone, "text": words, "icon": icon} for tone, words, icon in found if words]

    def query(self, survivor=None):
        """The query of the address with these records."""
        ids = ",".join(str(row.pk) for row in self.records)
        return f"ids={ids}&survivor={survivor or self.survivor.pk}"

    def _row(self, choice):
        own = [proposing.value_of(row, choice.field) for row in self.records]
        if all(value in (None, "", [], False) for value in own):
            return None
        differs = len({str(value) for value in own if value not in (None, "", [])}) > 1
        texts = [self._text(choice, value, row) for value, row in zip(own, self.records, strict=True)]
        result = self.proposed[choice.field]
        may = not choice.guarded or may_write(self.by, choice.guarded, is_new=False)
        control = "" if not differs or not may else "take" if choice.is_many else "pick"
        picked = next((row for value, row in zip(own, self.records, strict=True) if value == result), None)
        cells = [
            Cell(letter, row, text, row == picked or choice.is_many, bool(control) and value not in (None, "", []))
            for letter, row, text, value in zip(ascii_uppercase, self.records, texts, own, strict=False)
        ]
        is_same = not differs and all(value not in (None, "", []) for value in own)
        return Row(choice.field, self._label(choice.field), cells, self._text(choice, result, self.survivor), differs, control, is_same)

    def _owner(self):
        """Who looks after the result: one of their owners, where the person may give records away."""
        noun, holder = self.kind.noun, proposing.best_holder(self.survivor, self.records)
        holders = {(row.owner_id, getattr(row, "pool_id", None)) for row in self.records}
        control = "pick" if len(holders) > 1 and self.by.may(f"{noun}.assign") else ""
        holder = holder if control else self.survivor
        cells = [
            Cell(letter, row, _holder(row), row == holder, bool(control) and row.owner_id is not None)
            for letter, row in zip(ascii_uppercase, self.records, strict=False)
        ]
        return Row("owner", _("Owner"), cells, _holder(holder), len(holders) > 1, control, len(holders) == 1)

    def _united(self, find):
        """What is put together without a choice: the texts of each record, and each once in the result."""
        label, texts = find(self.records, self.by)
        cells = [Cell(letter, row, _listed(texts[row.pk])) for letter, row in zip(ascii_uppercase, self.records, strict=False)]
        result = dict.fromkeys(text for row in self.records for text in texts[row.pk])
        differs = len({frozenset(found) for found in texts.values()}) > 1
        return Row("united", str(label), cells, _listed(result), differs, is_same=not differs) if result else None

    def _label(self, name):
        return capfirst(str(self.kind.model._meta.get_field(name).verbose_name))

    def _text(self, choice, value, row):
        if value in (None, "", []):
            return ""
        if choice.guarded:
            value = shown(self.by, choice.guarded, value, choice.mask, record=row)
        if value is None:
            return _("hidden")
        if isinstance(value, list):
            return _listed(value)
        unmasked = value == proposing.value_of(row, choice.field) or not choice.guarded
        return str(choice.words(value) if choice.words and unmasked else _choice_words(self.kind.model, choice.field, value))


def _choice_words(model, name, value):
    return dict(model._meta.get_field(name).flatchoices).get(value, value) if choice_of(model, name) else value


def choice_of(model, name):
    """Whether a field holds one of few codes."""
    return bool(model._meta.get_field(name).choices)


def _holder(row):
    parts = [str(row.owner or getattr(row, "pool", None) or _("Nobody")), str(row.team or "")]
    return " · ".join(filter(None, parts))


def _listed(words):
    return pgettext("between listed things", ", ").join(map(str, words))
