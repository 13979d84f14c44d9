"""What points to a record, and what becomes of it when the record is merged into another one.

Every relation of the house has a rule here, registered by the room it belongs to; a test walks all models and fails where one
is missing. Relations by foreign key are named `deals.Contract.company`; those by kind or noun and id `accounts.Share.object_id`.
"""

from collections.abc import Container
from dataclasses import dataclass

from django.db import models
from django.utils.text import capfirst

from crm.activity.spine import kind_of
from crm.core.models import CompanyChild
from crm.core.registry import Registry

# It goes to the survivor, and back; it stays with the merged record; it is made anew from other rows.
MOVES, STAYS, DERIVED = "moves", "stays", "derived"


@dataclass(frozen=True)
class Relation:
    """One such relation: what becomes of its rows, and why.

    Of rows that are alike in the fields `once` the survivor has one: a second one stays with the merged record. `by_kind` or
    `by_noun` names the column that says what a plain id means; `nouns` are then the kinds it can mean, all unless said
    otherwise. Relations that are `counted` are shown to people.
    """

    model: type[models.Model]
    field: str
    rule: str
    why: str
    once: tuple[str, ...] = ()
    by_kind: str = ""
    by_noun: str = ""
    nouns: Container | None = None
    counted: bool = False
    label: object = ""

    @property
    def name(self):
        """What names it in the registry."""
        return f"{self.model._meta.label}.{self.field}"

    @property
    def column(self):
        """The column that holds the id."""
        return self.model._meta.get_field(self.field).column

    @property
    def words(self):
        """What its rows are called where they are counted."""
        return capfirst(str(self.label or self.model._meta.verbose_name_plural))

    @property
    def carries(self):
        """Whether its rows carry owner and team of the record they lie under."""
        return self.field == "company" and issubclass(self.model, CompanyChild)

    def points_to(self, target):
        """Whether rows of it can point to records of this kind."""
        if self.by_kind or self.by_noun:
            return self.nouns is None or target.noun in self.nouns
        return self.model._meta.get_field(self.field).related_model is target

    def only(self, target):
        """The rows that mean this kind of record: columns and their values."""
        if self.by_kind:
            return {f"{self.by_kind}_id": kind_of(target).pk}
        return {self.by_noun: target.noun} if self.by_noun else {}

    def rows(self, target, ids):
        """The rows that point to these records of this kind."""
        return self.model._base_manager.filter(**{f"{self.field}__in": ids}, **self.only(target))


relations: Registry[Relation] = Registry("relation")
# Relations of rooms that this one does not know, by name: their rows stay, and why.
beside: Registry[str] = Registry("relation of a room beside this one")


def moves(model, field, why, **more):
    """Rows of this relation go to the survivor."""
    return _add(Relation(model, field, MOVES, why, **more))


def stays(model, field, why, **more):
    """Rows of this relation stay with the merged record."""
    return _add(Relation(model, field, STAYS, why, **more))


def derived(model, field, why, **more):
    """Rows of this relation are made anew from others."""
    return _add(Relation(model, field, DERIVED, why, **more))


def moving(target):
    """The relations whose rows follow records of this kind, in the order in which they were registered."""
    return [relation for relation in relations if relation.rule == MOVES and relation.points_to(target)]


def counted(target):
    """Those of them that people are told of."""
    return [relation for relation in moving(target) if relation.counted]


def _add(relation):
    return relations.add(relation.name, relation)
