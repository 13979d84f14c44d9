"""XLSX and XLS: looked over before they are opened, because a small file may unpack to a very large one."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from crm.importexport.refusals import MEGABYTE, MOST_CELLS, MOST_COLUMNS, MOST_ROWS, MOST_UNPACKED, refused

BLOCK = MEGABYTE
OVERLAP = 100
# A cell that holds something; those that only carry a format end in "/>" and make no sheet larger.
CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d+)"(?:[^>]*[^/>])?>')
# What people write packs to a tenth, at best a fiftieth; what packs better than this was made to burst.
BOMB_SIZE, BOMB_RATIO = 20 * MEGABYTE, 100
BAD_ARCHIVE = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError)


@dataclass(frozen=True)
class Workbook:
    """An opened workbook with the sheet to read; `lines` is the number of its rows."""

    sheet_names: list[str]
    sheet: object

    @property
    def lines(self) -> int:
        """Rows from the first row of the sheet to the last one that holds something."""
        return self.sheet.end[0] + 1

    def records(self) -> Iterator[list]:
        """The cells of each row, from the first row of the sheet on."""
        yield from self.sheet.iter_rows()


def open_workbook(path: Path, sheet: str = "") -> Workbook:
    """Open a workbook at the sheet of this name, or at the first one that is shown and holds something."""
    if zipfile.is_zipfile(path):
        _look_over(path)
    try:
        book = CalamineWorkbook.from_path(path)
        return Workbook(book.sheet_names, _sheet(book, sheet))
    except PasswordError as error:
        raise refused("protected") from error
    except (CalamineError, OSError, ValueError) as error:
        raise refused("broken") from error


def _sheet(book, wanted):
    if wanted and wanted not in book.sheet_names:
        raise refused("no_sheet", sheet=wanted)
    shown = [sheet.name for sheet in book.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
    for name in [wanted] if wanted else shown or book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        if sheet.end is not None:
            return sheet
    raise refused("empty")


def _look_over(path):
    """Unpack every part once without keeping it: the sizes that the archive states may lie."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            if sum(part.file_size for part in parts) > MOST_UNPACKED or any(map(_bursts, parts)):
                raise refused("unpacks_too_large")
            if not any(part.filename.startswith(("xl/", "content.xml")) for part in parts):
                raise refused("not_a_table")
            for part in parts:
                _measure(archive, part)
    except BAD_ARCHIVE as error:
        raise refused("broken") from error


def _bursts(part):
    return part.file_size > BOMB_SIZE and part.file_size > BOMB_RATIO * max(part.compress_size, 1)


def _measure(archive, part):
    """Read a part to its end; of a sheet, refuse what would spread over too much room."""
    is_sheet = part.filename.startswith("xl/worksheets/")
    tail, columns, bottom = b"", set(), 0
    with archive.open(part) as stream:
        while block := stream.read(BLOCK):
            if is_sheet and (cells := CELL.findall(tail + block)):
                columns.update(column for column, _row in cells)
                bottom = max(bottom, *(int(row) for _column, row in cells))
                _refuse_wide(columns, bottom)
            tail = block[-OVERLAP:]


def _refuse_wide(columns, bottom):
    width = max(map(_place, columns))
    if width > MOST_COLUMNS:
        raise refused("too_many_columns")
    if bottom > MOST_ROWS + 1:
        raise refused("too_many_rows")
    if bottom * width > MOST_CELLS:
        raise refused("too_many_cells")


def _place(column: bytes) -> int:
    """A is 1, AA is 27."""
    place = 0
    for letter in column:
        place = place * 26 + letter - 64
    return place
