"""Reading a spreadsheet: its header and its rows, numbered as the spreadsheet program shows them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

from crm.importexport.csvfile import open_csv
from crm.importexport.refusals import MOST_BYTES, MOST_COLUMNS, refused
from crm.importexport.workbook import open_workbook

PACKED, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
# The header is looked for in so many rows: a title or a note may stand above it.
HEADER_WITHIN = 10


@dataclass(frozen=True)
class Line:
    """One row: its number in the spreadsheet and its cells (text, number, date or yes/no)."""

    number: int
    cells: list


@dataclass
class Sheet:
    """An opened spreadsheet: the names of its columns and an estimate of its rows."""

    source: object
    headers: list[str]
    header_row: int
    is_csv: bool
    sheet_names: list[str] = field(default_factory=list)

    @property
    def estimate(self) -> int:
        """About how many rows there are under the header."""
        return max(self.source.lines - self.header_row, 0)

    def lines(self, after: int = 0) -> Iterator[Line]:
        """The rows under the header, behind row `after`; rows without any cell filled are passed over."""
        width = len(self.headers)
        for number, cells in enumerate(self.source.records(), start=1):
            if number <= self.header_row or number <= after or not any(map(_filled, cells)):
                continue
            yield Line(number, [*cells[:width], *[""] * (width - len(cells))])


def open_sheet(path, sheet: str = "") -> Sheet:
    """Open a spreadsheet, or refuse it in one sentence; `sheet` names one of several."""
    path = Path(path)
    size = path.stat().st_size
    if size == 0:
        raise refused("empty")
    if size > MOST_BYTES:
        raise refused("too_large")
    with path.open("rb") as file:
        head = file.read(8)
    is_book = head.startswith((PACKED, OLD_OFFICE))
    source = open_workbook(path, sheet) if is_book else open_csv(path)
    header_row, headers = _header(source)
    found = Sheet(source, headers, header_row, not is_book, source.sheet_names if is_book else [])
    if next(found.lines(), None) is None:
        raise refused("no_rows")
    return found


def _header(source):
    """The first row that is at least half as wide as the widest of the first ten: titles stand above it."""
    head = list(islice(source.records(), HEADER_WITHIN))
    widths = [sum(map(_filled, cells)) for cells in head]
    if not any(widths):
        raise refused("empty" if len(head) < HEADER_WITHIN else "no_header")
    place = next(place for place, width in enumerate(widths) if width * 2 >= max(widths))
    last = max(spot for spot, cell in enumerate(head[place]) if _filled(cell))
    names = [str(cell).strip() for cell in head[place][: last + 1]]
    if len(names) > MOST_COLUMNS:
        raise refused("too_many_columns")
    if not any(isinstance(cell, str) and cell.strip() for cell in head[place]):
        raise refused("no_header")
    return place + 1, _told_apart(names)


def _told_apart(names):
    """Equal names get a number, so that a mapping can speak of each; a column without a name keeps none."""
    seen: dict[str, int] = {}
    found = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        found.append(f"{name} ({seen[name]})" if name and seen[name] > 1 else name)
    return found


def _filled(cell):
    return cell is not None and cell != "" and not (isinstance(cell, str) and not cell.strip())


def chunks(lines, size):
    """Lines in lists of at most `size`."""
    lines = iter(lines)
    for first in lines:
        yield list(chain([first], islice(lines, size - 1)))
