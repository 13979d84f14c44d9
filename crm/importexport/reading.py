"""Reading a spreadsheet: its header and its rows, numbered as the spreadsheet program shows them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

from crm.importexport.csvfile import open_csv
from crm.importexport.headers import HEADER_WITHIN, Header, filled, find_header
from crm.importexport.refusals import MOST_BYTES, refused
from crm.importexport.vcardfile import is_vcard, open_vcards
from crm.importexport.workbook import open_workbook

PACKED, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class Line:
    """One row: its number in the spreadsheet and its cells (text, number, date or yes/no)."""

    number: int
    cells: list


@dataclass
class Sheet:
    """An opened spreadsheet: the names of its columns and an estimate of its rows.

    `first_day` is the day from which its numbers count days, where it is not the usual one; `hidden` is how many of its
    rows the spreadsheet program does not show, `unworked` how many formulas have no result in the file.
    """

    source: object
    header: Header
    is_csv: bool
    sheet_names: list[str] = field(default_factory=list)
    name: str = ""
    counts_from_1904: bool = False
    hidden: int = 0
    unworked: int = 0
    is_cards: bool = False

    @property
    def headers(self) -> list[str]:
        """The names of the columns, told apart."""
        return self.header.names

    @property
    def estimate(self) -> int:
        """About how many rows there are under the header."""
        return max(self.source.lines - self.header.last_row, 0)

    def head(self) -> list[list]:
        """The first rows as they stand, from which the header was found."""
        return list(islice(self.source.records(), HEADER_WITHIN))

    def lines(self, after: int = 0) -> Iterator[Line]:
        """The rows under the header, behind row `after`; rows without any cell filled are passed over."""
        width, last = len(self.headers), max(self.header.last_row, after)
        for number, cells in enumerate(self.source.records(), start=1):
            if number > last and any(map(filled, cells)):
                yield Line(number, [*cells[:width], *[""] * (width - len(cells))])


def open_sheet(path, sheet: str = "", row: int | None = None, depth: int | None = None) -> Sheet:
    """Open a spreadsheet, or refuse it in one sentence; `sheet` names one of several, `row` and `depth` the header."""
    path = Path(path)
    size = path.stat().st_size
    if size == 0:
        raise refused("empty")
    if size > MOST_BYTES:
        raise refused("too_large")
    with path.open("rb") as file:
        head = file.read(400)
    if is_vcard(head):
        cards = open_vcards(path)
        return Sheet(cards, Header(1, 0, cards.names), is_csv=False, is_cards=True)
    is_book = head.startswith((PACKED, OLD_OFFICE))
    source = open_workbook(path, sheet) if is_book else open_csv(path)
    header = find_header(list(islice(source.records(), HEADER_WITHIN)), source.merged if is_book else (), row, depth)
    found = Sheet(source, header, not is_book)
    if is_book:
        found.sheet_names, found.name = source.sheet_names, source.name
        found.counts_from_1904, found.hidden, found.unworked = source.counts_from_1904, source.marks.hidden, source.marks.unworked
    if next(found.lines(), None) is None:
        raise refused("no_rows")
    return found


def chunks(lines, size):
    """Lines in lists of at most `size`."""
    lines = iter(lines)
    for first in lines:
        yield list(chain([first], islice(lines, size - 1)))
