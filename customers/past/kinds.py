"""What belongs to the picture of a customer at a moment; each room registers its records and the verbs that bring them back."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from crm.core.registry import Registry


@dataclass(frozen=True)
class Part:
    """Rows that are a part of a record and are written as a whole, such as the lines of an order.

    They point to it by `field` and say the same where they are alike in `columns`. `words` (row, actor, names) says one of
    them, None where the reader may not see it; `given` (rows) makes of old rows what the verb takes under `name`, and
    `may` (row, actor) says whether this person may take one away.
    """

    name: str
    label: object
    model: type[Model]
    field: str
    columns: tuple[str, ...]
    words: Callable
    given: Callable
    may: Callable = lambda row, actor: True


@dataclass(frozen=True)
class Kind:
    """Records of a customer: those whose `field` names it.

    `put` (record, values, by, version) writes old values of these `fields` and parts; `also` are fields that are shown
    although no person sets them. `put_away` (record, by) is for what did not exist then. What cannot be brought back by
    a verb has its reason in `stuck`. `title` (record) names one.
    """

    model: type[Model]
    field: str = "company"
    put: Callable | None = None
    fields: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    put_away: Callable | None = None
    page: str = ""
    title: Callable = str
    position: int = 50
    stuck: object = _("This is kept by the work with it and cannot be set back.")

    @property
    def noun(self):
        """The plural that rights speak of."""
        return self.model.noun

    @property
    def column(self):
        """The column that holds the id of the customer."""
        return self.model._meta.get_field(self.field).column


kinds: Registry[Kind] = Registry("kind of record in the past of a customer")


def known():
    """The kinds in the order in which they are shown."""
    return sorted(kinds, key=lambda kind: kind.position)


def register(model, **how):
    """Let records of this kind appear in the past of their customer."""
    return kinds.add(model.noun, Kind(model, **how))
