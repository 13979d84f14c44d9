"""Every relation of the house to a record that can be merged has a rule (PRODUCT A4.7)."""

import pytest
from django.apps import apps
from django.db import connection, models
from pghistory.models import Event

from customers.merging.guard import NAME
from customers.merging.kinds import kinds
from customers.merging.relations import DERIVED, MOVES, STAYS, beside, moving, relations

# Columns that say of what kind a plain id is.
SAYS_KIND = {"kind", "about_kind", "content_type", "noun"}
PLAIN_IDS = {"object_id", "about_id", "left_id", "right_id", "survivor_id", "event_id", "from_id", "to_id"}


def relations_of_the_house():
    """The names of all that can point to such a record: foreign keys, and ids whose kind another column says."""
    mergeable, found = {kind.model for kind in kinds}, set()
    for model in apps.get_models(include_auto_created=True):
        if issubclass(model, Event):  # the row history says what was, and is never changed
            continue
        names = {field.name for field in model._meta.concrete_fields}
        for field in model._meta.concrete_fields:
            points = field.is_relation and field.related_model in mergeable
            plain = not field.is_relation and names & SAYS_KIND and (field.name in PLAIN_IDS or (field.name.endswith("_id") and field.name != "external_id"))
            if points or plain:
                found.add(f"{model._meta.label}.{field.name}")
    return found


def with_a_rule():
    """The names of all relations of which a room says what becomes of them."""
    return {name for registry in (relations, beside) for name, _rule in registry.items()}


def test_every_relation_has_a_rule():
    missing = relations_of_the_house() - with_a_rule()
    assert sorted(missing) == [], "say in the room's merging.py what becomes of these rows when the record is merged (customers/merging/relations.py)"


def test_every_rule_speaks_of_a_relation_that_is_there_and_says_why():
    for name, relation in relations.items():
        assert name == relation.name
        assert relation.rule in (MOVES, STAYS, DERIVED)
        assert relation.why
        assert relation.model._meta.get_field(relation.field)
    assert {name for name, _why in beside.items()} <= relations_of_the_house()


def test_a_relation_nobody_thought_of_is_found(monkeypatch):
    monkeypatch.delitem(relations._things, "deals.Contract.company")
    assert "deals.Contract.company" in relations_of_the_house() - with_a_rule()


@pytest.mark.parametrize("name", ["deals.Payment.company", "feedback.Ticket.contact", "interactions.FollowUp.company", "customers.ContactPoint.contact"])
def test_what_hangs_on_a_customer_moves(name):
    assert relations[name].rule == MOVES


def test_the_relations_django_knows_are_the_ones_that_are_walked():
    for kind in kinds:
        for known in kind.model._meta.related_objects:
            if not issubclass(known.related_model, Event):
                assert f"{known.related_model._meta.label}.{known.field.name}" in relations_of_the_house()


def test_only_what_is_moved_is_counted():
    assert [relation.name for relation in relations if relation.counted and relation.rule != MOVES] == []
    assert all(isinstance(relation.model._meta.get_field(relation.field), models.Field) for relation in relations)


@pytest.mark.django_db
def test_the_database_refuses_rows_under_merged_records_in_every_table():
    """All but people and their numbers: their verbs hold the company while they put somebody under it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = %s AND tgdeferrable AND tginitdeferred", [NAME])
        guarded = {row[0] for row in cursor.fetchall()}
    wanted = {relation.model._meta.db_table for kind in kinds for relation in moving(kind.model) if not (relation.by_noun or relation.by_kind)}
    assert wanted - {"customers_contact", "customers_contactpoint"} == guarded
