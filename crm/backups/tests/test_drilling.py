"""The drill brings a backup back to life beside the house, and finds what is not as it was."""

import json
from dataclasses import replace

import pytest
from django.utils import translation

from crm.backups import drilling, proving
from crm.backups.entries import entries
from crm.backups.proving import Proof
from crm.backups.restoring import revived
from crm.backups.wording import words
from crm.testing.disks import small_disk


def in_language(name, function, *given):
    with translation.override(name):
        return str(function(*given))


def steps(result):
    return {step["name"]: step["ok"] for step in result.proof.steps}


def test_a_good_chain_holds_in_every_step_and_the_result_is_kept_beside_it(chain, place):
    result = drilling.drill(place, chain)
    assert steps(result) == dict.fromkeys(("chain", "start", "files", "rows", "samples", "keys", "structures", "sign_in"), True), result.proof.steps
    assert result.code == chain[-1].code
    (kept,) = place.names(drilling.FOLDER)
    assert json.loads(place.read(kept)) == json.loads(json.dumps(result.told()))
    # Codes with values lie there, and each reader gets them in the own language.
    assert "words" not in place.read(kept).decode()
    english, chinese = ([in_language(name, words, step) for step in result.proof.steps] for name in ("en", "zh-hans"))
    assert all(one and one != other for one, other in zip(english, chinese, strict=True))
    assert english[-1] == "signed in and saw the first page"


def test_what_is_not_as_it_was_noted_is_found(chain, place):
    """A backup that lost a row, a record and a file since it was witnessed: told by an entry that claims more than it holds."""
    entry = chain[-1]
    low, high = entry.rows["accounts_team"]
    claims = replace(
        entry,
        rows=entry.rows | {"accounts_team": [low + 1, high + 1]},
        samples=[*entry.samples[1:], [entry.samples[0][0], entry.samples[0][1], "0" * 32]],
    )
    proof = Proof()
    with revived(place, chain, entry) as alive:
        for ask in (proving.rows, proving.samples, proving.uploaded):
            ask(proof, alive, claims)
        alive.wrong_files.append("contract.pdf")
        proving.uploaded(proof, alive, claims)
    assert not proof.holds
    assert [(step["name"], step["ok"]) for step in proof.steps] == [("rows", False), ("samples", False), ("files", True), ("files", False)]
    assert proof.steps[0]["facts"] == {"wrong": [f"accounts_team: {low} ({low + 1}–{low + 1})"], "number": 1}


@pytest.mark.parametrize("part", ["base.tar.gz.age", "files.tar.gz.age"])
def test_damage_ends_the_drill_at_its_first_step(chain, place, part):
    path = place.folder / chain[0].code / part
    data = bytearray(path.read_bytes())
    data[-20] ^= 0x40
    path.write_bytes(data)
    result = drilling.drill(place, entries(place))
    assert steps(result) == {"chain": False}
    (step,) = result.proof.steps
    assert (step["code"], step["facts"]["part"]) == ("hash", part)


def test_a_disk_without_room_for_the_drill_makes_it_fail_and_is_named(chain, place, settings):
    with small_disk("4m") as folder:
        settings.BACKUP_SCRATCH = folder
        result = drilling.drill(place, chain)
        assert list(folder.iterdir()) == []
    (step,) = result.proof.steps
    assert (step["name"], step["ok"], step["code"]) == ("chain", False, "no_space")
