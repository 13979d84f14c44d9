"""From the columns of a sheet to the fields of a noun: guessed from the headers, or told by a mapping.

A mapping is JSON: `{"columns": {"Header": "field"}, "values": {"stage": {"Won": "won"}}, "constants": {"source": "fair"},
"skip_if": {"Header": ["Cancelled"]}, "dates": "mdy", "times": {"revenue": 1000000}}`. A header may name several fields by
a list; in `values`, `"*"` stands for every field.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from crm.core.errors import Invalid
from crm.core.text import fold
from crm.importexport import cells
from crm.importexport.cells import Style
from crm.importexport.headers import filled, parts
from crm.importexport.texts import BROKEN, CLEAR, one_line, refuse_unreadable

PARTS = ("columns", "values", "constants", "skip_if", "dates", "times")
LONGEST_HEADER = 300  # what is longer is no name, and patterns stay quick
ORDERS = ("ymd", "mdy", "dmy")
MARKS = re.compile(r"[\s_\-.·:：*＊()（）\[\]【】/\\]+")
# A word in brackets behind a header is a unit or a note: 金额（元）, Phone (mobile).
NOTE = re.compile(r"[（(\[【].*?[)）\]】]\s*$")


@dataclass(frozen=True)
class Mapping:
    """Which column means which field, and how its cells are to be understood."""

    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    constants: dict[str, object] = field(default_factory=dict)
    skip_if: dict[str, tuple[str, ...]] = field(default_factory=dict)
    dates: str = "mdy"
    times: dict[str, Decimal] = field(default_factory=dict)

    @classmethod
    def read(cls, importer, given) -> "Mapping":
        """A mapping out of JSON; refuse what does not make sense for this importer."""
        if not isinstance(given, dict) or set(given) - set(PARTS):
            raise _refused(_("A mapping has the parts %(parts)s.") % {"parts": ", ".join(PARTS)})
        columns = {header: tuple([names] if isinstance(names, str) else names or ()) for header, names in given.get("columns", {}).items()}
        used = {name for names in columns.values() for name in names} | set(given.get("constants", {}))
        used |= (set(given.get("values", {})) | set(given.get("times", {}))) - {"*"}
        if unknown := used - set(importer.names):
            raise _refused(_("The mapping names the field “%(field)s”, which does not exist.") % {"field": min(unknown)})
        if given.get("dates", "mdy") not in ORDERS:
            raise _refused(_("The order of dates is one of %(orders)s.") % {"orders": ", ".join(ORDERS)})
        return cls(
            columns={header: names for header, names in columns.items() if names},
            values={name: {str(text).strip(): to for text, to in texts.items()} for name, texts in given.get("values", {}).items()},
            constants=given.get("constants", {}),
            skip_if={header: tuple(map(str, texts)) for header, texts in given.get("skip_if", {}).items()},
            dates=given.get("dates", "mdy"),
            times={name: _factor(value) for name, value in given.get("times", {}).items()},
        )

    @classmethod
    def guess(cls, importer, headers) -> "Mapping":
        """The mapping that the headers suggest, each field once."""
        known = _known(importer)
        taken: set[str] = set()
        columns = {}
        for read in (_whole_header, _last_part):
            for header in headers:
                name = header not in columns and next((known[one] for one in read(header) if one in known), None)
                if name and name not in taken:
                    taken.add(name)
                    columns[header] = (name,)
        return cls(columns={header: columns[header] for header in headers if header in columns})

    def fits(self, headers) -> bool:
        """Whether every column it speaks of is in a sheet with these headers."""
        return bool(self.columns) and all(header in headers for header in (*self.columns, *self.skip_if))

    @property
    def translates(self) -> bool:
        """Whether it changes or adds values, which a choice of columns does not show."""
        return bool(self.values or self.constants or self.times or self.skip_if)

    def as_json(self) -> dict:
        """The same as JSON, for keeping."""
        columns = {header: names[0] if len(names) == 1 else list(names) for header, names in self.columns.items()}
        parts = {"columns": columns, "values": self.values, "constants": self.constants, "dates": self.dates}
        parts |= {"skip_if": {header: list(texts) for header, texts in self.skip_if.items()}}
        return parts | {"times": {name: str(factor) for name, factor in self.times.items()}}

    def check(self, headers, importer, *, creating=True) -> None:
        """Refuse when the sheet lacks a column that is named here, or when a required field has none."""
        if missing := [header for header in (*self.columns, *self.skip_if) if header not in headers]:
            raise _refused(_("The sheet has no column “%(column)s”.") % {"column": missing[0]}, "missing_column")
        given = {name for names in self.columns.values() for name in names} | set(self.constants)
        if not given:
            raise _refused(_("No column of the sheet is recognised; choose what the columns mean."), "nothing_mapped")
        lacking = [one.label for one in importer.fields if one.required and one.name not in given]
        if lacking and creating:
            raise _refused(_("No column is given for “%(field)s”, which is required.") % {"field": lacking[0]}, "missing_required")

    def header_of(self, name: str) -> str:
        """The column a field comes from; nothing for a constant."""
        return next((header for header, names in self.columns.items() if name in names), "")


class Plan:
    """A mapping fitted to one sheet: turns the cells of a row into values, noting what cannot be read."""

    def __init__(self, importer, mapping: Mapping, headers, *, is_csv=False, from_1904=False):
        places = {header: place for place, header in enumerate(headers)}
        self.mapping, self.is_csv, self.from_1904 = mapping, is_csv, from_1904
        self.columns = [
            (places[header], importer.names[name], self._style(name), self._texts(name)) for header, names in mapping.columns.items() for name in names
        ]
        self.one_line = {one.name for one in importer.fields if one.is_one_line(importer.model)}
        self.constants = [(importer.names[name], value, self._style(name)) for name, value in mapping.constants.items()]
        self.skips = [(places[header], set(texts)) for header, texts in mapping.skip_if.items()]

    def skips_row(self, row) -> bool:
        """Whether the mapping leaves this row out."""
        return any(cells.shown(row[place]) in texts for place, texts in self.skips)

    def values_of(self, row):
        """The values of a row by field, and the problems: (field, cell, refusal)."""
        values, problems = {}, []
        for place, one, style, texts in self.columns:
            cell = row[place]
            is_plain = isinstance(cell, str) and cell[:1] not in MARKS_OF_CELLS and not cell[:1].isspace() and BROKEN not in cell
            cell = cell if is_plain else self._freed(cell)
            if texts:
                cell = texts.get(cells.shown(cell), cell)
            self._read(one, cell, style, values, problems, is_plain and not texts)
        for one, value, style in self.constants:
            self._read(one, value, style, values, problems)
        return values, problems

    def silent(self, row) -> set[str]:
        """The fields of which this row says nothing, because their cell is empty."""
        return {one.name for place, one, _style, _texts in self.columns if not filled(row[place])}

    def cleared(self, row) -> set[str]:
        """The fields that this row empties on purpose."""
        return {one.name for place, one, _style, _texts in self.columns if is_clearing(row[place])}

    def _read(self, one, cell, style, values, problems, is_plain=False):
        try:
            if not is_plain:
                refuse_unreadable(cell)
                cell = "" if is_clearing(cell) else cell
            value = one.parse(cell, style)
            values[one.name] = one_line(value) if isinstance(value, str) and one.name in self.one_line else value
        except Invalid as refusal:
            problems.append((one.name, cells.shown(cell), refusal))

    def _freed(self, cell):
        """A cell without the quotation mark that keeps programs from taking it for a formula or a number."""
        if not isinstance(cell, str) or not cell.startswith("'"):
            return cell
        return cell[1:] if QUOTED_NUMBER.fullmatch(cell) or (self.is_csv and GUARDED.match(cell)) else cell

    def _style(self, name):
        return Style(self.mapping.dates, self.mapping.times.get(name, Decimal(1)), self.from_1904)

    def _texts(self, name):
        return self.mapping.values.get("*", {}) | self.mapping.values.get(name, {})


# The mark that the export puts before a text which a spreadsheet program would take for a formula.
GUARDED = re.compile(r"'+[=+\-@\t\r＝＋－＠]")
# The mark by which people keep a number a text.
QUOTED_NUMBER = re.compile(r"'+\d[\d\s.-]{0,40}")
# What a mark for emptying begins with; with a quotation mark or a failed formula these are the letters that make a cell no plain one.
BRACKETS = {mark[0] for mark in CLEAR}
MARKS_OF_CELLS = BRACKETS | {"'", "#"}
# Headers are written in simplified characters here, elsewhere in traditional ones.
TRADITIONAL = str.maketrans(
    "機電話號碼職務備註聯繫絡郵箱區網業統會編稱規員數營類別級標籤來負責說級創時間產單價稅額購買訂開訖結束簽約滿響處決傳國學與離歲",
    "机电话号码职务备注联系络邮箱区网业统会编称规员数营类别级标签来负责说级创时间产单价税额购买订开讫结束签约满响处决传国学与离岁",
)


def _known(importer):
    """Every header by which a field is recognised: its name, its words in both languages, its further names."""
    known = {_plain(one.name): one.name for one in importer.fields}
    for one in importer.fields:
        for language in ("en", "zh-hans"):
            with translation.override(language):
                known.setdefault(_plain(str(one.label)), one.name)
    for one in importer.fields:
        for name in one.names.split(","):
            known.setdefault(_plain(name), one.name)
    return known


def is_clearing(cell) -> bool:
    """Whether the cell says that its field is to be emptied."""
    return isinstance(cell, str) and len(cell) < 20 and cell.strip()[:1] in BRACKETS and cell.strip().casefold() in CLEAR


def _whole_header(header):
    """The ways in which a whole header may be known: as it is, without its unit, with the words of its rows put together."""
    header = header[:LONGEST_HEADER]
    joined = "".join(parts(header))
    return [_plain(header), _plain(NOTE.sub("", header)), _plain(joined), _plain(NOTE.sub("", joined))]


def _last_part(header):
    """The lowest row of a header of several rows."""
    last = parts(header[:LONGEST_HEADER])[-1]
    return [_plain(last), _plain(NOTE.sub("", last))]


def _plain(header):
    return MARKS.sub("", fold(str(header)).translate(TRADITIONAL))


def _factor(value):
    try:
        return Decimal(str(value))
    except InvalidOperation as error:
        raise _refused(_("“%(value)s” is not a number.") % {"value": value}) from error


def _refused(message, code="bad_mapping"):
    return Invalid(message, code=code, field="mapping")
