"""The bars G1 to G8 and G10 of this product, checked against the figures of one run: a line for each, never an error."""

from dataclasses import dataclass

from bench.cases import floors
from bench.cases.reports import FIRM, OWNER, PAGES

FIRST = "list, first page: admin"
RECORD, CREATE = "record with timeline: admin", "create a company: admin"


@dataclass(frozen=True)
class Bar:
    """One bar: which goal, of which case, what was found and the most (or with `at_least` the least) it may be."""

    goal: str
    words: str
    found: float | None
    limit: float
    at_least: bool = False

    @property
    def is_kept(self):
        """Whether it was measured and lies within the bar."""
        return self.found is not None and (self.found >= self.limit if self.at_least else self.found <= self.limit)

    def __str__(self):
        found = "not measured" if self.found is None else f"{self.found:.2f}".rstrip("0").rstrip(".")
        sign = ">=" if self.at_least else "<="
        return f"{self.goal} {self.words}: {found} (bar {sign} {self.limit:g}) {'ok' if self.is_kept else 'MISSED'}"


def bars(book, *, wrong=None, rate=None) -> list[Bar]:
    """All bars that one run can tell; `wrong` are the terms searched wrongly, `rate` the creations a second of eight at once."""
    return [*_lists(book), *_pages(book), *_search(book, wrong), *_record(book), *_create(book, rate), *_reports(book)]


def imports(found):
    """G10 of the figures of the import of people."""
    people = found["contacts"]
    yield Bar("G10", "seconds of the import over those of the bare COPY", found["times"], 3)
    yield Bar("G10", "rows a second", people["rows_s"], 2000, at_least=True)
    yield Bar("G10", "MB at most", people["peak_mb"], 600)


def _lists(book):
    """G1 of companies for every reach."""
    for name in [name for name in book.figures if name.startswith("list, first page")]:
        yield from _list(book, name)


def _list(book, name):
    yield Bar("G1", f"p95 over that of the {floors.LIST}, {name}", _ratio(book, name, floors.LIST), 2.5)
    for field, words, limit in (("sql", "statements", 10), ("db_ms", "ms of the database", 5), ("kb", "KB", 60), ("gzip_kb", "KB compressed", 12)):
        yield Bar("G1", f"{words}, {name}", _value(book, name, field), limit)


def _pages(book):
    for name in ("list, page 1000: admin", "list, last page: admin"):
        yield Bar("G2", f"p95 over that of the first page, {name}", _ratio(book, name, FIRST), 1.15)


def _search(book, wrong):
    yield Bar("G3", "terms that LIKE answers otherwise", wrong, 0)
    for name in ("search, rare word: admin", "search, common word: admin"):
        yield Bar("G3", f"ms of p95 more than the first page, {name}", _more(book, name, FIRST), 10)
        yield Bar("G3", f"ms of the database, {name}", _value(book, name, "db_ms"), max(4, 5 * (_value(book, name, "bare_ms") or 0)))
    name = "search, common word: lead"
    yield Bar("G3", f"ms of the database, {name}", _value(book, name, "db_ms"), 25)
    for kind in ("whole phone", "last four of a phone", "six digits of a phone"):
        name = f"search, {kind}: admin"
        yield Bar("G4", f"ms of p95 more than the first page, {name}", _more(book, name, FIRST), 5)


def _record(book):
    yield Bar("G5", f"p95 over that of the {floors.DETAIL}", _ratio(book, RECORD, floors.DETAIL), 3)
    yield Bar("G5", "statements", _value(book, RECORD, "sql"), 12)
    yield Bar("G5", "ms of the database", _value(book, RECORD, "db_ms"), 5)


def _create(book, rate):
    yield Bar("G6", f"p50 over that of the {floors.CREATE}", _ratio(book, CREATE, floors.CREATE, "p50_ms"), 3)
    yield Bar("G6", "statements", _value(book, CREATE, "sql"), 12)
    yield Bar("G6", "creations a second, eight at once", rate, 60, at_least=True)


def _reports(book):
    for name in PAGES:
        yield Bar("G7", f"ms of p95 more than an empty page, {name}: {FIRM}", _more(book, f"{name}: {FIRM}", floors.EMPTY), 60)
        yield Bar("G7", f"ms of p95 more than an empty page, {name}: {OWNER}", _more(book, f"{name}: {OWNER}", floors.EMPTY), 10)


def _value(book, name, field):
    figures = book.get(name)
    return getattr(figures, field) if figures else None


def _ratio(book, name, other, field="p95_ms"):
    one, two = _value(book, name, field), _value(book, other, field)
    return one / two if one is not None and two else None


def _more(book, name, other):
    one, two = _value(book, name, "p95_ms"), _value(book, other, "p95_ms")
    return one - two if one is not None and two is not None else None
