"""XLSX and XLS: looked over before they are opened, because a small file may unpack to a very large one."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from crm.importexport.marks import Looked, Marks, look_over
from crm.importexport.refusals import refused

_kept: ContextVar[dict | None] = ContextVar("sheets_kept_open", default=None)


@dataclass
class Workbook:
    """An opened workbook with the sheet to read; `lines` is the number of its rows."""

    sheet_names: list[str]
    name: str
    sheet: object
    marks: Marks = field(default_factory=Marks)
    counts_from_1904: bool = False

    @property
    def lines(self) -> int:
        """Rows from the first row of the sheet to the last one that holds something."""
        return self.sheet.end[0] + 1

    @cached_property
    def merged(self) -> list:
        """Joined cells as ((top, left), (bottom, right)), counted from the first row and the first column that holds something."""
        return [((top, left - self._from), (bottom, right - self._from)) for (top, left), (bottom, right) in self.sheet.merged_cell_ranges or ()]

    def records(self) -> Iterator[list]:
        """The cells of each row, from the first row of the sheet on; a joined cell says in every row what it says in the first."""
        rows = self.sheet.iter_rows()
        return self._completed(rows) if self.marks.errors or self._tall else rows

    @cached_property
    def _from(self):
        return self.sheet.start[1]

    @cached_property
    def _tall(self):
        """For each row, from which row which of its columns take over: joined cells that reach over several rows."""
        down: dict[int, list] = {}
        for (top, left), (bottom, _right) in self.merged:
            for row in range(top + 1, bottom + 1) if bottom - top < self.lines else ():
                down.setdefault(row, []).append((top, left))
        return down

    @cached_property
    def _errors(self):
        by_row: dict[int, list] = {}
        for (row, column), text in self.marks.errors.items():
            by_row.setdefault(row, []).append((column - self._from, text))
        return by_row

    def _completed(self, rows):
        said: dict[tuple[int, int], object] = {}
        tops = {key for keys in self._tall.values() for key in keys}
        tops_by_row: dict[int, list] = {}
        for top, left in tops:
            tops_by_row.setdefault(top, []).append(left)
        for number, cells in enumerate(rows):
            for column, text in self._errors.get(number, ()):
                if 0 <= column < len(cells):
                    cells[column] = text
            for left in tops_by_row.get(number, ()):
                said[number, left] = cells[left] if left < len(cells) else ""
            for top, left in self._tall.get(number, ()):
                if left < len(cells):
                    cells[left] = said.get((top, left), "")
            yield cells


@contextmanager
def kept_open():
    """Within it a sheet is read from its file once, for one who receives a file and takes it in by himself."""
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def open_workbook(path: Path, sheet: str = "") -> Workbook:
    """Open a workbook at the sheet of this name, or at the first one that is shown and holds something."""
    known = path.stat()
    looked = _looked_over(path, known.st_size, known.st_mtime_ns) if zipfile.is_zipfile(path) else Looked()
    try:
        book = CalamineWorkbook.from_path(path)
        name, found = _sheet(book, sheet, (path, known.st_size, known.st_mtime_ns))
        return Workbook(_shown(book), name, found, looked.sheets.get(name, Marks()), looked.counts_from_1904)
    except PasswordError as error:
        raise refused("protected") from error
    except (CalamineError, OSError, ValueError) as error:
        raise refused("broken") from error


@lru_cache(maxsize=4)
def _looked_over(path, _size, _changed):
    """A file that was received is opened again by the one who takes it in: what was seen once is known."""
    return look_over(path)


def _sheet(book, wanted, file):
    if wanted and wanted not in book.sheet_names:
        raise refused("no_sheet", sheet=wanted)
    for name in [wanted] if wanted else _shown(book):
        sheet = _parsed(book, name, file)
        if sheet.end is not None:
            return name, sheet
    raise refused("empty")


def _parsed(book, name, file):
    kept = _kept.get()
    if kept is None:
        return book.get_sheet_by_name(name)
    if (file, name) not in kept:
        kept[file, name] = book.get_sheet_by_name(name)
    return kept[file, name]


def _shown(book):
    """The sheets that a person sees; all of them where none is shown."""
    return [sheet.name for sheet in book.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible] or book.sheet_names
