"""Damage is found and named."""

import json

import pytest
from django.core.management import call_command

from crm.backups import checking, drilling, returning, sealing, services, taking
from crm.backups.entries import catalogue, entries
from crm.backups.places import named
from crm.backups.refusals import Damaged
from crm.backups.sealing import _make


def codes(place):
    found = entries(place)
    return {problem.code for problem in checking.check(place, found, found[-1])}


def test_a_flipped_bit_is_found_in_the_file_it_is_in(chain, place):
    path = place.folder / chain[0].code / "base.tar.gz.age"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    (problem,) = checking.check(place, chain, chain[-1])
    assert (problem.code, problem.facts["name"], problem.facts["part"]) == ("hash", chain[0].code, "base.tar.gz.age")


def test_a_shorter_file_is_found(chain, place):
    path = place.folder / chain[1].code / "pg_wal.tar.gz.age"
    path.write_bytes(path.read_bytes()[:-1])
    assert codes(place) == {"size"}


def test_a_missing_file_is_found(chain, place):
    (place.folder / chain[1].code / "base.tar.gz.age").unlink()
    assert codes(place) == {"missing_part"}


def test_a_missing_increment_is_named(chain, place):
    (place.folder / chain[0].code / "backup.json").unlink()
    found = entries(place)
    (problem,) = checking.check(place, found, found[-1])
    assert (problem.code, problem.facts["missing"]) == ("missing_increment", chain[0].code)


def test_a_wrong_key_is_named_with_the_one_it_was_sealed_for(chain, place, home):
    (home / "key").unlink()
    _make(home / "key")
    problem = checking.check(place, chain, chain[0])[0]
    assert (problem.code, problem.facts["key"], problem.facts["sealed"]) == ("wrong_key", sealing.key().public, chain[0].key)
    assert problem.facts["key"] != problem.facts["sealed"]


def test_a_lost_key_is_said(chain, place, home):
    (home / "key").unlink()
    assert codes(place) == {"no_key"}
    assert not (home / "key").exists()


@pytest.mark.parametrize("forged", ["part", "entry"])
def test_postgres_own_check_finds_what_hashes_of_ours_would_pass(chain, place, forged):
    """Somebody who damages a file and writes its new hash into the entry is found by the manifest that PostgreSQL wrote."""
    path = place.folder / chain[0].code / "backup_manifest"
    text = path.read_text()
    place_of = text.index('"Checksum": "') + len('"Checksum": "')
    path.write_text(text[:place_of] + ("0" if text[place_of] != "0" else "1") + text[place_of + 1 :])
    if forged == "entry":
        entry = place.folder / chain[0].code / "backup.json"
        told = json.loads(entry.read_text())
        told["parts"]["backup_manifest"]["sha256"] = drilling.checking.uploads.sha256(path)
        entry.write_text(json.dumps(told))
    assert codes(place) == {"hash" if forged == "part" else "contents"}


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"code": "x", "parts": 7}'])
def test_a_damaged_description_is_named_and_costs_only_its_own_backup(chain, place, text):
    (place.folder / chain[1].code / "backup.json").write_text(text)
    assert entries(place) == chain[:1]
    (problem,) = catalogue(place)[1]
    assert (problem.code, problem.facts["name"]) == ("entry", chain[1].code)
    assert checking.check(place, entries(place), chain[0]) == []


def test_a_description_that_was_changed_since_is_found_where_the_database_can_be_asked(server, chain, place):
    services.reconcile()
    path = place.folder / chain[0].code / "backup.json"
    assert services.told_otherwise(entries(place)[0]) == []
    path.write_text(path.read_text().replace('"files": 3', '"files": 999'))
    (problem,) = services.told_otherwise(entries(place)[0])
    assert (problem.code, problem.facts["name"]) == ("told_otherwise", chain[0].code)


def test_with_a_lost_key_nothing_is_added_to_what_it_sealed(server, chain, home):
    (home / "key").unlink()
    with pytest.raises(Damaged) as refused:
        taking.take("incremental")
    assert refused.value.code == "no_key"
    assert not (home / "key").exists()


def test_with_another_key_a_chain_of_its_own_begins(server, chain, place, home):
    (home / "key").unlink()
    _make(home / "key")
    entry, _note = taking.take("incremental")
    assert (entry.kind, entry.based_on, entry.key) == ("full", "", sealing.key().public)


def test_a_place_that_the_house_has_not_is_refused(home):
    with pytest.raises(Damaged) as refused:
        named("s3")
    assert refused.value.code == "no_place"


@pytest.mark.parametrize("name", ["", " "])
def test_a_database_without_a_name_is_not_brought_back_in_place_of_the_house(server, chain, place, name):
    with pytest.raises(SystemExit):
        call_command("restore", to=chain[0].code, into=name)
    with pytest.raises(Damaged) as refused:
        returning.into_new(place, chain, name, code=chain[0].code)
    assert refused.value.code == "bad_name"
