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
    # Names in the query string by which the search is narrowed, such as the company whose people are wanted.
    narrow: tuple[str, ...] = ()


pickers: Registry[Picker] = Registry("picker")


def scoped_picker(model, *, hint=lambda row: "", related=(), narrow=()):
    """A picker over the rows a person may see; `narrow` names foreign keys whose id may be given as well."""

    def search(actor, typed, **ids):
        rows = model.objects.live().select_related(*related).filter(**{f"{name}_id": pk for name, pk in ids.items()})
        if typed or ids:
            return list(first_in_scope(rows.filter(by_name(typed)) if typed else rows, actor, LIMIT))
        return list(model.objects.newest_visible_to(actor, LIMIT).select_related(*related))

    def get(actor, pk):
        return model.objects.visible_to(actor).select_related(*related).filter(pk=pk).first()

    return Picker(search, get, hint, narrow)
