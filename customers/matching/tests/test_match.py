"""`manage.py match`: pairs from a file nobody labelled, as good as issue and LIMITS ask."""

import csv
from pathlib import Path

import pytest
from django.core.management import call_command

from customers.matching import splinkengine

FEBRL = Path(__file__).parents[4] / "shared/data/febrl"


def matched(tmp_path, *files, **options):
    out = tmp_path / "pairs.csv"
    call_command("match", *map(str, files), output=str(out), **options)
    with out.open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def quality(pairs, entity_of):
    """Precision and recall of pairs, given the entity behind each ref."""
    counted = {}
    for entity in entity_of.values():
        counted[entity] = counted.get(entity, 0) + 1
    true = sum(n * (n - 1) // 2 for n in counted.values())
    right = sum(entity_of[pair["left_ref"]] == entity_of[pair["right_ref"]] for pair in pairs)
    return right / len(pairs), right / true


if FEBRL.exists():

    @pytest.mark.parametrize("number", [1, 2])
    def test_on_the_public_sets_it_is_better_than_its_peers(number, tmp_path):
        file = FEBRL / f"dataset{number}.csv"
        pairs = matched(tmp_path, file, ids=["rec_id"])
        with file.open(encoding="utf-8") as stream:
            refs = [line.split(",")[0] for line in stream][1:]
        precision, recall = quality(pairs, {ref: ref.split("-")[1] for ref in refs})
        assert 2 * precision * recall / (precision + recall) > 0.998


def sheet(path, *rows):
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows(rows)
    return path


def test_two_files_are_linked_with_each_other_and_rows_without_an_id_column_go_by_their_number(tmp_path):
    firms = [f"{brand}机械有限公司" for brand in ("恒立", "万通", "兴盛", "东方")]
    ours = sheet(tmp_path / "ours.csv", ["公司名称", "电话"], *[[firm, f"0512-6{n}{n}8881{n}"] for n, firm in enumerate(firms)])
    theirs = sheet(tmp_path / "theirs.csv", ["单位名称", "联系电话"], ["万通机械", "(0512)61188811"], ["另一家贸易公司", "021-50001111"])
    pairs = matched(tmp_path, ours, theirs)
    assert [(pair["left_ref"], pair["right_ref"]) for pair in pairs] == [("3", "2")]


@pytest.mark.parametrize(("ids", "said"), [(["没有"], "没有"), (None, "")])
def test_what_cannot_be_used_is_said_in_one_sentence(tmp_path, ids, said, capsys):
    rows = [["公司名称"], ["恒立达科技"], ["万通科技"]] if ids else [["颜色"], ["红"], ["蓝"]]
    file = sheet(tmp_path / "rows.csv", *rows)
    with pytest.raises(SystemExit) as end:
        call_command("match", str(file), output=str(tmp_path / "out.csv"), ids=ids)
    assert end.value.code == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "out.csv").exists()


def test_the_other_engine_says_how_it_is_installed_where_it_is_not(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(splinkengine, "comparisons", None)
    sheet = tmp_path / "firms.csv"
    sheet.write_text("公司名称\n恒立达\n恒立达有限公司\n", encoding="utf-8")
    with pytest.raises(SystemExit) as stopped:
        call_command("match", str(sheet), engine="splink", output=str(tmp_path / "pairs.csv"))
    assert stopped.value.code == 2
    assert "requirements-splink.txt" in capsys.readouterr().err
