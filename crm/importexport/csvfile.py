"""CSV as people save it: Unicode with and without mark, GBK, GB18030 and Big5; commas, tabs, semicolons, bars."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from crm.importexport.encodings import Encoding, encoding_of
from crm.importexport.refusals import MOST_ROWS, refused

SAMPLE_LINES, SAMPLE_WIDTH = 20, 20_000
# No spreadsheet program has more columns; of what is wider nothing needs to be looked at.
WIDEST = 16_384
DELIMITERS = ",\t;|"
# A first line by which spreadsheet programs tell each other the delimiter; it is no row of the table.
TOLD = "sep="
# A line that no file holds: where it comes out inside of a cell, a quotation mark was never closed.
END = "\ue000end of the file\ue000"


@dataclass(frozen=True)
class CsvFile:
    """How a CSV file is to be read; `lines` is a guess of how many rows it has."""

    path: Path
    encoding: Encoding
    delimiter: str

    @property
    def lines(self) -> int:
        """About how many rows there are."""
        return self.encoding.lines

    def records(self) -> Iterator[list[str]]:
        """The cells of each row, row by row; an empty row gives an empty list, so that the count is that of the spreadsheet."""
        with _text(self.path, self.encoding) as text:
            reader = csv.reader(chain(map(_without_zeros, text), [END]), delimiter=self.delimiter)
            number = 0
            try:
                for cells in reader:
                    if cells == [END]:
                        return
                    if number == 0 and _tells_delimiter(cells):
                        continue
                    number += 1
                    if len(cells) > WIDEST:
                        raise refused("too_many_columns")
                    if cells and cells[-1].endswith(END):
                        raise refused("open_quote", row=number)
                    if number > MOST_ROWS + 1:
                        raise refused("too_many_rows")
                    yield cells
            except csv.Error as error:
                raise refused("long_cell", row=number + 1) from error


@contextmanager
def _text(path, encoding):
    with path.open(encoding=encoding.name, errors=encoding.errors, newline="") as text:
        yield text


def open_csv(path: Path) -> CsvFile:
    """Find out encoding and delimiter; refuse what is no text, cannot be decoded, or has too many rows."""
    encoding = encoding_of(path)
    with _text(path, encoding) as text:
        sample = [line[:SAMPLE_WIDTH] for _number, line in zip(range(SAMPLE_LINES), map(_without_zeros, text), strict=False)]
    _refuse_markup("".join(sample))
    found = CsvFile(path, encoding, _delimiter(sample))
    if encoding.lines > MOST_ROWS:
        for _cells in found.records():
            pass
    return found


def _refuse_markup(sample):
    """Many programs write a web page and call it .xls; a spreadsheet program reads it, and saves it as a real sheet."""
    plain = sample.lstrip().casefold()
    if plain.startswith(("<html", "<!doctype", "<table", "<?xml", "<head", "<meta")):
        raise refused("web_page")


def _without_zeros(line):
    return line.replace("\0", "") if "\0" in line else line


def _tells_delimiter(cells):
    return 1 <= len(cells) <= 2 and cells[0].casefold().startswith(TOLD)


def _delimiter(sample):
    """The mark that cuts the first lines into the most columns, the same number in as many lines as possible."""
    if sample and sample[0].casefold().startswith(TOLD) and sample[0].strip()[4:5] in [*DELIMITERS]:
        return sample[0].strip()[4:5] or ","

    def worth(mark):
        try:
            widths = [len(cells) for cells in csv.reader(sample, delimiter=mark) if cells]
        except csv.Error:
            return 0
        usual = max(widths, key=widths.count, default=1)
        return usual * widths.count(usual) if usual > 1 else 0

    return max(DELIMITERS, key=worth)
