"""What was found is kept as a code with values; everybody reads it in their own language."""

import importlib

import pytest
from django.utils import translation

from crm.backups import wording
from crm.backups.refusals import refuse

migration = importlib.import_module("crm.backups.migrations.0002_codes_instead_of_words")


def read(found, language="en"):
    with translation.override(language):
        return wording.words(found)


def test_a_refusal_is_kept_by_its_code_and_read_in_any_language():
    with translation.override("zh-hans"):
        found = wording.failing(refuse("no_space", folder="/backups"))
    assert found == {"code": "no_space", "facts": {"folder": "/backups"}}
    assert read(found) == "There is no room left in /backups: free some space there, or choose another place."
    assert "/backups" in read(found, "zh-hans") != read(found)


def test_what_is_no_refusal_keeps_its_own_words():
    assert read(wording.failing(ValueError("odd"))) == "ValueError: odd"


def test_of_many_differences_the_first_are_named_and_the_others_counted():
    assert read(wording.differing([f"t{number}" for number in range(7)])) == "t0; t1; t2; t3; t4 and 2 more"


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("code", sorted(migration.SENTENCES))
def test_a_sentence_of_before_codes_is_recognised(code, language):
    values = {"number": "1,234", "rows": "5,600", "tables": "71"}
    with translation.override(language):
        found = migration.found(migration.gettext(migration.SENTENCES[code]) % values)
    assert found["code"] == code
    assert all(value == int(values[name].replace(",", "")) for name, value in found["facts"].items())


def test_a_sentence_nobody_knows_stays_as_it_is():
    assert read(migration.found("accounts_team: 3 (4–4)")) == "accounts_team: 3 (4–4)"


def test_a_step_of_a_drill_is_converted_once():
    old = {"name": "keys", "ok": True, "words": "71 foreign keys", "seconds": 0.2}
    new = {"name": "keys", "ok": True, "seconds": 0.2, "code": "linked", "facts": {"number": 71}}
    assert migration.converted(old) == migration.converted(new) == new
