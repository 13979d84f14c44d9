"""The bars are told whatever was measured; growth is told for the pages that both reports know."""

import json

from bench.bars import bars
from bench.book import Book
from bench.cases import floors
from bench.compare import growth
from bench.measure import Figures


def book(**p95):
    found = Book(print, 1)
    found.figures = {name: Figures(name, sql=7, db_ms=2, cpu_ms=10, kb=50, gzip_kb=6, p50_ms=value, p95_ms=value) for name, value in p95.items()}
    return found


def test_a_bar_that_was_not_measured_is_missed_and_said():
    found = bars(Book(print, 1))
    assert not any(bar.is_kept for bar in found)
    assert "G6 creations a second, eight at once: not measured (bar >= 60) MISSED" in map(str, found)


def test_a_list_is_measured_against_the_plain_one_of_the_same_run():
    said = [str(bar) for bar in bars(book(**{floors.LIST: 10, "list, first page: admin": 21, "list, page 1000: admin": 30}), wrong=0, rate=61.0)]
    assert f"G1 p95 over that of the {floors.LIST}, list, first page: admin: 2.1 (bar <= 2.5) ok" in said
    assert "G2 p95 over that of the first page, list, page 1000: admin: 1.43 (bar <= 1.15) MISSED" in said
    assert "G3 terms that LIKE answers otherwise: 0 (bar <= 0) ok" in said
    assert "G6 creations a second, eight at once: 61 (bar >= 60) ok" in said


def test_growth_is_told_for_what_both_reports_know(tmp_path):
    small, said = tmp_path / "small.json", []
    small.write_text(json.dumps({"figures": [{"name": "list, first page: admin", "cpu_ms": 5, "sql": 7, "kb": 50}]}))
    missed = growth(small, book(**{"list, first page: admin": 10, "board: admin": 10}).figures, said.append)
    assert missed == 1
    assert len(said) == 1
    assert said[0].split() == ["G8", "list,", "first", "page:", "admin", "cpu", "×", "2.00", "sql", "×", "1.00", "bytes", "×", "1.00", "MISSED", "cpu_ms"]
