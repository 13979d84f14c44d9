"""A cell as a person reads it, whatever the spreadsheet program made of it."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from crm.core.errors import Invalid

# Numbers of more digits than this are rounded by the spreadsheet program before anybody can read them.
EXACT = 10**15
# What takes no room and was pasted along, what no database takes, and how a workbook writes a carriage return.
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\ufeff\ufffe\uffff\ud800-\udfff]|_x000D_")
# What stands in a cell whose formula has failed.
ERRORS = {"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#GETTING_DATA"}
BROKEN = "\ufffd"
# What a person writes to empty a field on purpose; an empty cell says nothing.
CLEAR = {"[清空]", "【清空】", "[clear]"}
HAN = "\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
BETWEEN_HAN = re.compile(f"(?<=[{HAN}])[ \t]*\n[ \t]*(?=[{HAN}])")
LINE_ENDS = re.compile(r"[ \t]*\n[ \t]*")


@dataclass(frozen=True)
class Style:
    """How this sheet writes things: the order of a date's parts (`ymd`, `mdy`, `dmy`), what numbers are counted in.

    `from_1904`: its days are counted from 1904, as older programs for the Mac do.
    """

    dates: str = "mdy"
    times: Decimal = Decimal(1)
    from_1904: bool = False


PLAIN = Style()


def shown(cell) -> str:
    """The cell as a person reads it: whole numbers without a point, days without a time."""
    if isinstance(cell, str):
        return _seen(cell)
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "minutes")
    if isinstance(cell, timedelta):
        return str(cell)
    return "" if cell is None else _seen(str(cell))


def text(cell, style: Style = PLAIN) -> str:
    """The same as a value; refuse a number of which the spreadsheet program has kept only the first digits."""
    if isinstance(cell, float) and abs(cell) >= EXACT:
        raise Invalid(
            _("The spreadsheet program has rounded this number: only its first 15 digits are left. Format the column as text and enter it again."),
            code="digits_lost",
        )
    return shown(cell)


def one_line(value: str) -> str:
    """A text without line ends: 苏州晶锐⏎有限公司 is one name; between other letters a blank stands."""
    return LINE_ENDS.sub(" ", BETWEEN_HAN.sub("", value)) if "\n" in value else value


def refuse_unreadable(cell) -> None:
    """Refuse a formula that has failed, and a letter that was lost on the way."""
    if not isinstance(cell, str):
        return
    if cell.startswith("#") and cell.strip().upper() in ERRORS:
        raise Invalid(_("The formula of this cell has failed: %(value)s.") % {"value": cell.strip()}, code="cell_error")
    if BROKEN in cell:
        raise Invalid(_("A letter of this cell was lost on the way; enter it again."), code="broken_letter")


def _seen(value):
    if value.isprintable() and "_x000D_" not in value:
        return value.strip()
    if UNSEEN.search(value):
        value = UNSEEN.sub("", value)
    if "\r" in value:
        value = value.replace("\r\n", "\n").replace("\r", "\n")
    return value.replace("\xa0", " ").strip()
