"""The lists an administrator may change, read once and kept for a few seconds."""

from django.utils.translation import get_language

from crm.core import clock
from customers.companies.models import Option

KEPT_SECONDS = 10
_kept: dict = {"at": None, "rows": []}


def rows():
    """Every option, read again after a few seconds: a change in the administration is seen at once enough."""
    now = clock.monotonic()
    if _kept["at"] is None or now - _kept["at"] > KEPT_SECONDS:
        _kept.update(at=now, rows=list(Option.objects.all()))
    return _kept["rows"]


def forget():
    """Read the options anew at the next question."""
    _kept["at"] = None


def choices(name):
    """Pairs of code and words in the reader's language, of the options still offered."""
    return [(row.code, _words(row)) for row in rows() if row.list == name and row.is_active]


def labels(name):
    """Code to words, those no longer offered included."""
    return {row.code: _words(row) for row in rows() if row.list == name}


def code_of(name, value):
    """The code for what was typed: a code, a Chinese or an English name; None where there is no such option."""
    wanted = str(value).strip().casefold()
    for row in rows():
        if row.list == name and wanted in (row.code.casefold(), row.name.casefold(), row.name_en.casefold()):
            return row.code
    return None


def _words(row):
    return row.name_en if row.name_en and not (get_language() or "").startswith("zh") else row.name
