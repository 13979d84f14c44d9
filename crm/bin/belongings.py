"""What belongs to a record and lies in the bin with it, and what may never lie there; rooms register theirs.

belongs("companies", Contact, "company")
staying.add("payments", Staying(Payment, Q(), lambda n: ngettext("%(n)d payment", "%(n)d payments", n)))
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Model, Q, QuerySet

from crm.activity.ownership import upwards
from crm.core.registry import Registry


@dataclass(frozen=True)
class Belonging:
    """Rows of `model` whose `field` names a record of the noun `holder`; `only` () narrows them to those that mean this noun.

    After such rows went or came without their company, `settle` (rows) lets others show what is true now.
    """

    holder: str
    model: type[Model]
    field: str
    only: Callable[[], dict] = dict
    settle: Callable[[list], None] = lambda rows: None

    def rows(self, ids) -> QuerySet:
        """The rows, in the bin or not, that belong to these records."""
        return self.model._base_manager.filter(**{f"{self.field}__in": ids}, **self.only())

    @property
    def attribute(self) -> str:
        """The attribute of a row that holds the id of its record; empty where others lie between."""
        return "" if "__" in self.field else self.model._meta.get_field(self.field).attname

    def holder_id(self, row):
        """The id of the record to which this row belongs in this way, or None."""
        means = all(getattr(row, f"{name}_id") == (value and value.pk) for name, value in self.only().items())
        return getattr(row, self.attribute) if self.attribute and means else None


@dataclass(frozen=True)
class Staying:
    """Rows of `model` that are never put into the bin: those `which` says. `words` (number) names them in a refusal."""

    model: type[Model]
    which: Q
    words: Callable[[int], str]


belongings: Registry[Belonging] = Registry("belonging")
staying: Registry[Staying] = Registry("kind of record that stays")


def belongs(holder, model, field, **more):
    """Rows of this kind go into the bin with the record they belong to, and come back with it."""
    return belongings.add(f"{holder}.{model._meta.label}.{field}", Belonging(holder, model, field, **more))


def of(noun) -> list[Belonging]:
    """What belongs to records of a kind, in the order in which rows are locked."""
    found = [one for one in belongings if one.holder == noun]
    order = list(upwards({one.model for one in found}))
    return sorted(found, key=lambda one: order.index(one.model))
