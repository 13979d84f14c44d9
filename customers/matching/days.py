"""Dates of birth as sheets write them."""

import re
from datetime import date, timedelta

from crm.core.text import squash

PARTS = re.compile(r"(\d{4})\D+(\d{1,2})\D+(\d{1,2})\D*")
# The day before day one of a spreadsheet, and the numbers by which it keeps the days from 1920 to 2040.
SHEETS_BEGIN, SERIAL = date(1899, 12, 30), range(7306, 51502)


def digits(text: str) -> str:
    """A date as eight digits, whatever stands between year, month and day, and of a spreadsheet's serial number; else what stands there."""
    plain = squash(text)
    if found := PARTS.fullmatch(plain):
        return f"{found[1]}{int(found[2]):02d}{int(found[3]):02d}"
    if plain.isdecimal() and int(plain) in SERIAL:
        return (SHEETS_BEGIN + timedelta(int(plain))).strftime("%Y%m%d")
    return plain.upper().replace("-", "").replace("/", "")
