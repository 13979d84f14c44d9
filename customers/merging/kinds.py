"""Which kinds of records can be merged, and what a merge asks about each: rooms register themselves, also from higher floors."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.core.errors import Invalid
from crm.core.registry import Registry

# How the value of a field is proposed: the survivor's own; that of the record with the surest identity; that of the one
# changed last; the one that says more; all of them together.
OWN, SUREST, NEWEST, FULLEST, ALL = "own", "surest", "newest", "fullest", "all"


@dataclass(frozen=True)
class Choice:
    """A field in which the records may differ; `words` (value) shows a value where its text alone would not do.

    Where no record is sure, a value that is `full` (value) goes before one that is not: a registered name before a short one.
    """

    field: str
    prefer: str = OWN
    words: Callable | None = None
    guarded: str = ""
    mask: Callable | None = None
    full: Callable = lambda value: True

    @property
    def is_many(self):
        """Whether the survivor takes what all of them have."""
        return self.prefer == ALL


@dataclass(frozen=True)
class Evidence:
    """Something that speaks for or against two records being one: words where it is equal, words where it differs.

    `values` (records) gives for each id what is compared: a set, equal where they share a member; empty says nothing.
    """

    same: object
    different: object
    values: Callable


@dataclass(frozen=True)
class Kind:
    """One kind of record that can be merged.

    `update` (record, values, by) is its verb; `surest` (record) says whether its identity is certain. `prepare` (move) makes
    room before rows are moved, `settle` (merge) puts it back. `united` (records, by) gives the words and, for each id, the
    texts of what is put together without a choice, such as ways to reach a person. `join` (survivor, others) gives the
    survivor the moments of all and names the fields; these, and what follows from its rows, are `kept`: they are never an
    edit of somebody. `refuse` (record, by) refuses a record that can be part of no merge; `able` (rows) are those of the
    rows that can. `fullness` (record) says how much is known of it.
    """

    model: type[models.Model]
    choices: tuple[Choice, ...]
    update: Callable
    url: str
    list_url: str
    page_url: str
    title: object
    evidence: tuple[Evidence, ...] = ()
    united: tuple[Callable, ...] = ()
    surest: Callable = lambda record: False
    related: tuple[str, ...] = ("owner", "team")
    prepare: Callable = lambda move: None
    settle: Callable = lambda merge: None
    join: Callable = lambda survivor, others: ()
    kept: frozenset = frozenset()
    refuse: Callable = lambda record, by: None
    able: Callable = lambda rows: rows
    fullness: Callable = lambda record: record.completeness

    @property
    def noun(self):
        """The plural that rights and addresses speak of."""
        return self.model.noun

    @property
    def many(self):
        """The fields whose values are put together."""
        return {choice.field for choice in self.choices if choice.is_many}

    def page_of(self, pk):
        """The address of the page of one such record."""
        return reverse(self.page_url, args=[pk])


kinds: Registry[Kind] = Registry("kind of record that can be merged")
# What follows from a merge and from its undoing: called with the kind, the ids of the live records and the open event.
followers: Registry[Callable] = Registry("follower of merges")


def kind_named(noun) -> Kind:
    """The kind of this noun; refuse what cannot be merged."""
    if noun not in kinds:
        raise Invalid(_("Records of this kind cannot be merged."), code="not_mergeable")
    return kinds[noun]
