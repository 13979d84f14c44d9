"""CSV as people save it: UTF-8 with and without mark, UTF-16, GBK and GB18030; commas, tabs, semicolons."""

import codecs
import csv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from crm.importexport.refusals import MOST_ROWS, refused

BLOCK = 1 << 20
SAMPLE_LINES = 20
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
DELIMITERS = ",\t;"


@dataclass(frozen=True)
class CsvFile:
    """How a CSV file is to be read; `lines` is a guess of how many rows it has."""

    path: Path
    encoding: str
    delimiter: str
    lines: int

    def records(self) -> Iterator[list[str]]:
        """The cells of each row, row by row; an empty row gives an empty list, so that the count is that of the spreadsheet."""
        with self._text() as text:
            reader = csv.reader(text, delimiter=self.delimiter)
            number = 1
            try:
                for cells in reader:
                    if number > MOST_ROWS + 1:
                        raise refused("too_many_rows")
                    yield cells
                    number += 1
            except csv.Error as error:
                raise refused("open_quote", row=number) from error

    @contextmanager
    def _text(self):
        with self.path.open(encoding=self.encoding, newline="") as text:
            yield text


def open_csv(path: Path) -> CsvFile:
    """Find out encoding and delimiter; refuse what is no text, cannot be decoded, or has too many rows."""
    encoding, lines = _encoding(path)
    with path.open(encoding=encoding, newline="") as text:
        sample = [line for _number, line in zip(range(SAMPLE_LINES), text, strict=False)]
    found = CsvFile(path, encoding, _delimiter(sample), lines)
    if lines > MOST_ROWS:
        for _cells in found.records():
            pass
    return found


def _encoding(path):
    with path.open("rb") as file:
        head = file.read(4096)
    marked = next((name for mark, name in MARKS if head.startswith(mark)), None)
    if marked is None and b"\0" in head:
        raise refused("not_a_table")
    for encoding in [marked] if marked else ["utf-8", "gb18030"]:
        lines = _lines(path, encoding)
        if lines is not None:
            return encoding, lines
    raise refused("encoding")


def _lines(path, encoding):
    """How many lines the whole file has in this encoding; None when it is not written in it."""
    decoder = codecs.getincrementaldecoder(encoding)()
    lines = 0
    try:
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                lines += decoder.decode(block).count("\n")
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return None
    return lines


def _delimiter(sample):
    """The mark that cuts the first lines into the most columns, the same number in as many lines as possible."""

    def worth(mark):
        try:
            widths = [len(cells) for cells in csv.reader(sample, delimiter=mark) if cells]
        except csv.Error:
            return 0
        return widths[0] * widths.count(widths[0]) if widths and widths[0] > 1 else 0

    return max(DELIMITERS, key=worth)
