"""Choosing one of very many records: the page asks the server, never loads them all."""

from collections.abc import Callable
from dataclasses import dataclass

from crm.core.registry import Registry
from crm.core.search import by_name, first_in_scope

LIMIT = 10


@dataclass(frozen=True)
class Picker:
    """How to choose a record of one noun: `search(actor, typed)` gives rows, `get(actor, id)` one of them or None."""

    search: Callable
    get: Callable
    hint: Callable = lambda row: ""


pickers: Registry[Picker] = Registry("picker")


def scoped_picker(model, *, hint=lambda row: "", related=()):
    """A picker over the rows a person may see."""

    def search(actor, typed):
        rows = model.objects.live().select_related(*related)
        if typed:
            return list(first_in_scope(rows.filter(by_name(typed)), actor, LIMIT))
        return list(model.objects.newest_visible_to(actor, LIMIT).select_related(*related))

    def get(actor, pk):
        return model.objects.visible_to(actor).select_related(*related).filter(pk=pk).first()

    return Picker(search, get, hint)
