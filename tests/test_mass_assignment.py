"""Whatever a program sends along, only what may be set is set; everything else is refused by its name."""

import json

import pytest
from django.apps import apps
from django.db import transaction

from crm.rest.router import router
from crm.rest.serializers import Input
from tests.addresses import API_NOUN, addresses

pytestmark = pytest.mark.django_db
# What no endpoint takes, whatever its noun.
FOREIGN = {"owner__is_staff", "company__owner_id", "pk", "_state", "__class__", "is_superuser", "user_permissions", "password", "role"}
NESTED = {"id": 1, "is_staff": True, "owner": {"id": 1, "is_superuser": True}}
ODD = (NESTED, [NESTED], [[]], "\x00", "9" * 30, 10**30, -1, 1e308, True, None)
NO_OBJECT = ("[]", "[1]", '"text"', "7", "null", "true", "{", "\x00")
NOUNS = sorted(API_NOUN.values())
ONLY_READ = {"instalments"}  # planned and paid through their order


def names_of(noun):
    """Every name under which a column or a relation of the noun could be reached."""
    model = next(model for model in apps.get_models() if getattr(model, "noun", "") == noun)
    names = {name for field in model._meta.get_fields() for name in (field.name, getattr(field, "attname", field.name))}
    return names | {f"{name}__id" for name in names} | FOREIGN


def outcome(client, method, url, body, world):
    """What a call answers and what the rows of the world are then; afterwards everything is as before."""
    with transaction.atomic():
        answer = client.generic(method, url, json.dumps(body), content_type="application/json")
        rows = rows_of(world)
        transaction.set_rollback(True)
    return answer, rows


def rows_of(world):
    """The rows of the world as the database has them."""
    return {noun: type(record)._base_manager.filter(pk=record.pk).values().get() for noun, record in world.items()}


def writes(noun=None):
    """Every address of the API, or of one noun there, with the methods by which something is written."""
    for address in addresses():
        if address.name.startswith("api:") and address.noun and noun in (None, address.noun):
            for method in ("POST", "PUT", "PATCH", "DELETE"):
                yield address, method


def taken(noun):
    """The names that some input of the noun's endpoints has as a field of its own."""
    endpoint = next(view for _prefix, view, base in router.registry if API_NOUN.get(base.split("-")[0]) == noun)
    module = __import__(endpoint.__module__, fromlist=["api"])
    inputs = [found for found in vars(module).values() if isinstance(found, type) and issubclass(found, Input)]
    return {field for found in inputs for field in found().fields}


@pytest.fixture
def program(people, signed_in):
    """The administrator's; its session has begun, which would be taken back with each call below."""
    client = signed_in(people.admin)
    client.get("/me/")
    return client


@pytest.fixture(autouse=True)
def unthrottled(monkeypatch):
    """So many calls are no noise here."""
    monkeypatch.setattr("crm.rest.throttling.PerKey.allow_request", lambda *args: True)


def test_what_cannot_be_set_is_refused_by_name(world, people, signed_in, at):
    at("2026-12-01 09:00")
    client = signed_in(people.admin)
    before = rows_of(world)
    accepted, took_a_body = {}, set()
    for address, method in writes():
        url = address.url(world, order=world["orders"].pk)
        bare, rows_of_bare = outcome(client, method, url, {}, world)
        if bare.status_code == 405:
            continue
        foreign = names_of(address.noun) - taken(address.noun)
        body = dict.fromkeys(foreign, NESTED)
        answer, rows = outcome(client, method, url, body, world)
        named = {error["field"].split(".")[0] for error in answer.json().get("errors", ())} if answer.content else set()
        if answer.status_code == 422 and foreign <= named:
            took_a_body.add(address.name)
            continue
        # A verb that takes no input does the same, whatever comes along.
        if (answer.status_code, rows) != (bare.status_code, rows_of_bare):
            accepted[address.name, method] = (answer.status_code, sorted(foreign - named)[:5])
    assert accepted == {}
    assert len(took_a_body) > 20
    assert rows_of(world) == before


def test_what_cannot_be_set_leaves_a_line_with_endpoint_person_and_names_and_no_values(world, people, program, caplog):
    client, silent, ignored = program, {}, set()
    for address, method in writes():
        caplog.clear()
        answer = called(client, method, address.url(world, order=world["orders"].pk), {"owner__is_staff": "geheim", "zz\nzz": NESTED})
        if answer.status_code in (404, 405, 409):
            continue  # not a way in, or refused before anything was looked at
        told = [json.loads(record.message.partition(" ")[2].partition(" ")[2]) for record in caplog.records if record.name == "crm.rest.strict"]
        wanted = {"endpoint": f"{method} {address.name}", "actor": people.admin.pk, "fields": ["owner__is_staff", "zz\nzz"]}
        if [{key: line[key] for key in wanted} for line in told] != [wanted]:
            silent[address.name, method] = (answer.status_code, told)
        ignored |= {address.name for line in told if line["outcome"] == "ignored"}
        assert "geheim" not in caplog.text
        assert not any("\n" in record.getMessage() for record in caplog.records)
    assert silent == {}
    assert len(ignored) > 8


@pytest.mark.parametrize("noun", NOUNS)
def test_a_name_of_ours_with_another_type_changes_nothing(noun, world, program):
    client, names, tried = program, taken(noun), 0
    before = rows_of(world)
    for address, method in writes(noun):
        if method == "DELETE":
            continue  # its names are tried above; with types there is nothing more to be had
        url = address.url(world, order=world["orders"].pk)
        first = called(client, method, url, dict.fromkeys({*names, "zz"}, NESTED))
        if first.status_code == 405:
            continue
        assert first.status_code < 500, (address.name, method)
        # What it does not know it refuses, or leaves alone, before it looks at a value.
        own = names - refused(first) if "zz" in refused(first) else set()
        for value in ODD if own else ():
            together = called(client, method, url, dict.fromkeys(sorted(own), value))
            assert together.status_code < 500, (address.name, method, value)
            # What it refuses by its name, it refuses alone as well.
            for name in sorted(own - refused(together)):
                assert called(client, method, url, {name: value}).status_code < 500, (address.name, method, name, value)
        tried += len(own)
    assert bool(tried) == (noun not in ONLY_READ)
    assert rows_of(world) == before


@pytest.mark.parametrize("noun", NOUNS)
def test_a_body_that_is_no_object_is_refused(noun, world, program):
    client, tried = program, 0
    for address, method in writes(noun):
        for body in NO_OBJECT:
            answer = called(client, method, address.url(world, order=world["orders"].pk), body)
            assert answer.status_code < 500, (address.name, method, body)
            if answer.status_code == 405:
                break
            tried += 1
    assert bool(tried) == (noun not in ONLY_READ)


def called(client, method, url, body):
    """What a call answers; what it did is taken back."""
    with transaction.atomic():
        answer = client.generic(method, url, body if isinstance(body, str) else json.dumps(body), content_type="application/json")
        transaction.set_rollback(True)
    return answer


def refused(answer):
    """The names that an answer complains about."""
    return {error["field"] for error in answer.json().get("errors", ())} if answer.status_code == 422 else set()
