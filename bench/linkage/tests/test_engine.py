"""The duplicate search against the judge: what it calls the same is safe to merge unseen, and most of what is there is found."""

import csv

import pytest
from django.core.management import call_command

from bench.linkage.firms import company_sheet
from bench.linkage.people import contact_sheet
from bench.linkage.trial import SEEN, UNSEEN
from customers.matching.tests.test_match import quality

ROWS = 3000


def judged(sheet, tmp_path):
    """Precision and recall of all pairs, and of those called the same, of a sheet whose truth is known."""
    sheet.write(tmp_path)
    call_command("match", str(tmp_path / "rows.csv"), output=str(tmp_path / "pairs.csv"), ids=["ref"])
    with (tmp_path / "pairs.csv").open(encoding="utf-8") as stream:
        told = [pair for pair in csv.DictReader(stream) if pair["decision"] != "related"]
    truth = {ref: row.firm.entity for ref, row in zip(sheet.refs(), sheet.rows, strict=True)}
    return quality(told, truth), quality([pair for pair in told if pair["decision"] == "same"], truth)


@pytest.mark.parametrize("made", [company_sheet, contact_sheet])
@pytest.mark.parametrize("trial", [SEEN, UNSEEN], ids=["seen", "unseen"])
def test_what_is_called_the_same_is_safe_to_merge_and_most_is_found(made, trial, tmp_path):
    told, same = judged(made(ROWS, 11, trial), tmp_path)
    assert same[0] > 0.995
    assert same[1] > 0.5
    assert 2 * told[0] * told[1] / (told[0] + told[1]) > 0.9
