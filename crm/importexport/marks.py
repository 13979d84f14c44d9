"""What a workbook says about its cells that the reader of cells does not hand on: errors, formulas without results, hidden rows.

The parts are unpacked once without keeping them, before anything is opened: the sizes that the archive states may lie.
"""

import re
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path

from crm.importexport.refusals import MEGABYTE, MOST_CELLS, MOST_COLUMNS, MOST_ROWS, MOST_TEXTS, MOST_UNPACKED, refused

BLOCK = MEGABYTE
OVERLAP = 10_000
MOST_ERRORS = 10_000
# What people write packs to a tenth, at best a fiftieth; what packs better than this was made to burst.
BOMB_SIZE, BOMB_RATIO = 20 * MEGABYTE, 100
MOST_PARTS = 5_000
BAD_ARCHIVE = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, UnicodeDecodeError)
# A cell that holds something; those that only carry a format end in "/>" and make no sheet larger.
CELL = re.compile(rb'<(?:\w{1,8}:)?c [^<>]{0,200}?\br="([A-Z]{1,3})(\d{1,7})"(?:[^<>]{0,200}[^<>/])?>')
STARTS = (b"<c ", b"<c>", b":c ", b":c>")
# Every place that is named, quickly: as long as these do not spread too far, the cells that hold something do not.
COLUMN, ROW = re.compile(rb'"([A-Z]{1,3})\d'), re.compile(rb'r="[A-Z]{1,3}(\d{1,7})"')
ERROR = re.compile(
    rb'<(?:\w{1,8}:)?c (?=[^<>]{0,200}?\bt="e")[^<>]{0,200}?\br="([A-Z]{1,3})(\d{1,7})"[^<>]{0,200}>'
    rb"(?:<(?:\w{1,8}:)?f[^<>]{0,500}(?:/>|>[^<]{0,8000}</(?:\w{1,8}:)?f>))?<(?:\w{1,8}:)?v>([^<]{1,20})</"
)
UNWORKED = re.compile(rb"</(?:\w{1,8}:)?f>(?:<(?:\w{1,8}:)?v ?/>|<v></v>)?</(?:\w{1,8}:)?c>")
HIDDEN = re.compile(rb'<(?:\w{1,8}:)?row [^<>]{0,300}?\bhidden="(?:1|true)"')
SHEET = re.compile(rb"<(?:\w{1,8}:)?sheet [^<>]{1,1000}>")
NAME, LINK = re.compile(rb'\bname="([^"]{1,500})"'), re.compile(rb'\w{1,40}:id="([^"]{1,200})"')
RELATION = re.compile(rb"<(?:\w{1,8}:)?Relationship [^<>]{1,2000}>")
KEY, TARGET = re.compile(rb'\bId="([^"]{1,200})"'), re.compile(rb'\bTarget="([^"]{1,500})"')
FROM_1904 = re.compile(rb'\bdate1904="(?:1|true)"')
DECLARED = (b"<!DOCTYPE", b"<!ENTITY")
ENTITIES = ((b"&lt;", b"<"), (b"&gt;", b">"), (b"&quot;", b'"'), (b"&apos;", b"'"), (b"&amp;", b"&"))


@dataclass
class Marks:
    """Of one sheet: the errors by row and column from 0 on, the formulas without a result, the rows that are not shown."""

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    unworked: int = 0
    hidden: int = 0


@dataclass
class Looked:
    """What was seen on the way: the marks of each sheet by its name, and whether days count from 1904."""

    sheets: dict[str, Marks] = field(default_factory=dict)
    counts_from_1904: bool = False


def look_over(path: Path) -> Looked:
    """Unpack every part once without keeping it; refuse what would burst, spread too far, or is no workbook."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            _refuse_bomb(parts)
            if not any(part.filename.startswith(("xl/", "content.xml")) for part in parts):
                raise refused("not_a_table")
            found = {part.filename: _measure(archive, part) for part in parts}
            return _named(archive, found)
    except BAD_ARCHIVE as error:
        raise refused("broken") from error


def place(letters: bytes) -> int:
    """A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _refuse_bomb(parts):
    whole = sum(part.file_size for part in parts)
    texts = sum(part.file_size for part in parts if "sharedstrings" in part.filename.casefold())
    if whole > MOST_UNPACKED or texts > MOST_TEXTS or len(parts) > MOST_PARTS or any(map(_bursts, parts)):
        raise refused("unpacks_too_large")


def _bursts(part):
    return part.file_size > BOMB_SIZE and part.file_size > BOMB_RATIO * max(part.compress_size, 1)


def _measure(archive, part, exact=False):
    """Read a part to its end; of a sheet, refuse what would spread over too much room, and keep its marks.

    Only where the places that are named spread too far, it is read once more for the cells that hold something.
    """
    is_sheet, marks = part.filename.startswith("xl/worksheets/"), Marks()
    tail, columns, bottom, cells = b"", set(), 0, 0
    with archive.open(part) as stream:
        while block := stream.read(BLOCK):
            if part.filename.endswith((".xml", ".rels")) and any(word in tail[-20:] + block for word in DECLARED):
                raise refused("broken")
            if is_sheet:
                cells += sum(map(block.count, STARTS))
                both = tail[-500:] + block
                if exact:
                    found = CELL.findall(both)
                    named, rows = {column for column, _row in found}, {row for _column, row in found}
                else:
                    named, rows = set(COLUMN.findall(both)), set(ROW.findall(both))
                columns |= named
                bottom = max([bottom, *map(int, rows)])
                if not exact and _spreads(columns, bottom, cells):
                    return _measure(archive, part, exact=True)
                _refuse_wide(columns, bottom, cells)
                _mark(marks, tail, block)
            tail = block[-OVERLAP:]
    return marks


def _mark(marks, tail, block):
    both = tail + block if tail else block
    if len(marks.errors) < MOST_ERRORS and b't="e"' in both:
        for column, row, text in ERROR.findall(both):
            marks.errors[int(row) - 1, place(column) - 1] = text.decode("ascii", "replace")
    if b"</f>" in block or b"<f/>" in block:
        marks.unworked += len(UNWORKED.findall(block))
    if b"hidden=" in block:
        marks.hidden += len(HIDDEN.findall(block))


def _spreads(columns, bottom, cells):
    """Whether places and cells reach beyond what is taken."""
    width = max(map(place, columns), default=0)
    return width > MOST_COLUMNS or bottom > MOST_ROWS + 1 or bottom * width > MOST_CELLS or cells > 2 * MOST_CELLS


def _refuse_wide(columns, bottom, cells):
    width = max(map(place, columns), default=0)
    if width > MOST_COLUMNS:
        raise refused("too_many_columns")
    if bottom > MOST_ROWS + 1:
        raise refused("too_many_rows")
    if bottom * width > MOST_CELLS or cells > MOST_CELLS:
        raise refused("too_many_cells")


def _named(archive, found):
    """The marks by the names of the sheets, which stand in one part and lead over another to the sheet's own."""
    if "xl/workbook.xml" not in found or "xl/_rels/workbook.xml.rels" not in found:
        return Looked()
    book, links = _start(archive, "xl/workbook.xml"), _start(archive, "xl/_rels/workbook.xml.rels")
    targets = {key[1]: target[1] for one in RELATION.findall(links) if (key := KEY.search(one)) and (target := TARGET.search(one))}
    sheets = {}
    for one in SHEET.findall(book):
        name, link = NAME.search(one), LINK.search(one)
        if name and link and link[1] in targets:
            part = targets[link[1]].decode("utf-8", "replace")
            sheets[_text(name[1])] = found.get(part.removeprefix("/") if part.startswith("/") else f"xl/{part}", Marks())
    return Looked(sheets, bool(FROM_1904.search(book)))


def _start(archive, name):
    with archive.open(name) as stream:
        return stream.read(4 * MEGABYTE)


def _text(raw):
    for entity, letter in ENTITIES:
        raw = raw.replace(entity, letter)
    return raw.decode("utf-8", "replace")
