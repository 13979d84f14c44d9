"""`manage.py linkage_trial` as it is called."""

import csv
from itertools import combinations

import pytest
from django.core.management import CommandError, call_command


def read(path):
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture
def trial(tmp_path):
    call_command("linkage_trial", "companies", rows=120, seed=3, out=tmp_path, verbosity=0)
    return tmp_path


def write_pairs(path, pairs):
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow("left_id right_id left_ref right_ref score decision reasons".split())
        writer.writerows(["", "", left, right, 0.99, "same", ""] for left, right in pairs)


def test_sheet_truth_and_notes_have_the_same_rows(trial):
    rows, truth, notes = (read(trial / f"{name}.csv") for name in ("rows", "truth", "notes"))
    assert [row["ref"] for row in rows] == [row["ref"] for row in truth] == [row["ref"] for row in notes]
    assert len(rows) == 120
    assert "entity" not in rows[0]


def test_the_true_pairs_score_one(trial, capsys):
    rows = read(trial / "truth.csv")
    write_pairs(trial / "pairs.csv", [(left["ref"], right["ref"]) for left, right in combinations(rows, 2) if left["entity"] == right["entity"]])
    call_command("linkage_trial", "companies", out=trial, score=trial / "pairs.csv")
    said = capsys.readouterr().out
    assert "same or review, clustered                precision 1.0000  recall 1.0000  F1 1.0000" in said
    assert len(read(trial / "errors.csv")) == 0


def test_errors_are_listed_with_both_rows(trial):
    truth = read(trial / "truth.csv")
    stranger = next(row for row in truth if row["entity"] != truth[0]["entity"])
    write_pairs(trial / "pairs.csv", [(truth[0]["ref"], stranger["ref"])])
    call_command("linkage_trial", "companies", out=trial, score=trial / "pairs.csv")
    wrong, *missed = read(trial / "errors.csv")
    assert (wrong["error"], wrong["left_ref"]) == ("wrong same", truth[0]["ref"])
    assert wrong["left"].count("|") == 11
    assert {row["error"] for row in missed} == {"missed"}


def test_pairs_of_rows_that_are_not_in_the_sheet_are_refused(trial):
    write_pairs(trial / "pairs.csv", [("R000001", "X9")])
    with pytest.raises(CommandError, match="X9"):
        call_command("linkage_trial", "companies", out=trial, score=trial / "pairs.csv")


def test_a_vocabulary_that_is_no_folder_is_refused(tmp_path):
    with pytest.raises(CommandError, match="no folder"):
        call_command("linkage_trial", "contacts", vocabulary=tmp_path / "nothing", out=tmp_path)
