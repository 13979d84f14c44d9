"""Records that live on in another one: old addresses and ids lead there, and the bin does not offer them.

Whoever merges records registers here, by noun; asked is only about records that were not found.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from crm.core.errors import WrongState
from crm.core.registry import Registry


@dataclass(frozen=True)
class Successors:
    """What is known of one kind: `of` (id) gives the id of the record it lives on in, or None; `gone` () a query of the ids that do."""

    of: Callable
    gone: Callable


successors: Registry[Successors] = Registry("successors of merged records")


class MovedOn(Http404):
    """The record is not there any more: it lives on in another one, which this person may see."""

    def __init__(self, pk, successor):
        super().__init__(f"{pk} is {successor} now")
        self.pk, self.successor = pk, successor

    @property
    def refusal(self):
        """What somebody is told who wanted to change the record that is gone."""
        sentence = _("This record was merged into another one. Open that one and try again.")
        return WrongState(sentence, code="merged", facts={"id": self.pk, "survivor": self.successor})


def missing(model, actor, pk) -> Http404:
    """What to raise for a record that was not found: where it lives on, if the person may see that; else nothing is there."""
    found = successor_of(model, pk)
    if found is not None and model.objects.visible_to(actor).filter(pk=found).exists():
        return MovedOn(int(pk), found)
    return Http404()


def successor_of(model, pk):
    """The id of the record that this one lives on in, or None."""
    known = successors.get(getattr(model, "noun", ""))
    return known.of(int(pk)) if known else None


def without_successor(rows):
    """Those of these rows that live on nowhere else."""
    known = successors.get(getattr(rows.model, "noun", ""))
    return rows.exclude(pk__in=known.gone()) if known else rows
