"""All rows of one firm: each from another sheet, none so poor that nobody could tell whose it is."""

from bench.linkage.corruptions import spoil
from bench.linkage.firm_row import FirmRow
from bench.linkage.lists.sheets import CARE, COMPANIES, COMPANY_WEIGHTS
from bench.linkage.numbers_written import landline_writing, mobile_writing

ENOUGH = 6  # points of knowledge that a row shares with an earlier one of its firm
HOPELESS = 0.01  # of the repeated rows stay as poor as they came
REPAIRS = ("mobile", "phone", "address", "code", "email", "website")


def rows_of(firm, count: int, draw, unseen: bool) -> list[FirmRow]:
    """So many rows of this firm."""
    rows: list[FirmRow] = []
    for _row in range(count):
        row = _row_of(firm, draw, unseen)
        if rows and not _linked(row, rows):
            _mend(row, rows, draw)
        rows.append(row)
    return rows


def _row_of(firm, draw, unseen):
    row, source = FirmRow(firm, draw), draw.weighted(COMPANY_WEIGHTS)
    careful = draw.chance(CARE[source])
    spoil(row, "naming", 0 if careful else draw.weighted({0: 10, 1: 55, 2: 30, 3: 5}), draw, unseen)
    spoil(row, "place", draw.weighted({0: 35, 1: 45, 2: 20}), draw, unseen)
    row.write(source)
    row.cells["phone"] = landline_writing(row.landline, draw) if row.landline else ""
    row.cells["mobile"] = mobile_writing(row.mobile, draw) if row.mobile else ""
    _empty(row, COMPANIES[source], draw)
    spoil(row, "name", 0 if careful else draw.weighted({0: 55, 1: 38, 2: 7}), draw, unseen)
    for stage, share in {"phone": 0.35, "code": 0.3, "address": 0.35, "web": 0.4, "field": 0.08}.items():
        spoil(row, stage, int(draw.chance(share)), draw, unseen)
    _keep_place(row)
    return row


def _empty(row, sheet, draw):
    for column, share in sheet.items():
        if draw.chance(share):
            row.cells[column] = ""


def _keep_place(row):
    """A firm that only its city tells from another one says its city."""
    if "place" in row.keeps and not any(fact.startswith("place") for fact in row.facts()):
        row.cells["city"] = row.place.city.name


def _linked(row, rows):
    mine = row.facts()
    return any(sum(points for fact, points in mine.items() if fact in other.facts()) >= ENOUGH for other in rows)


def _mend(row, rows, draw):
    """Give back what went missing, one field after the other, until an earlier row knows enough of it."""
    if draw.chance(HOPELESS):
        row.did.append("hardly anything in common")
        return
    values = {
        "mobile": row.mobile,
        "phone": row.landline,
        "address": row.place.written(row.with_place),
        "code": row.firm.code,
        "email": row.firm.mail,
        "website": row.firm.domain,
    }
    order = list(REPAIRS)
    draw.shuffle(order)
    for column in order:
        if values[column] and any(column == "code" or (other.cells[column] and column not in other.lost) for other in rows):
            row.cells[column] = values[column]
            row.lost.discard(column)
        if _linked(row, rows):
            return
    _tell_code(row, rows)


def _tell_code(row, rows):
    """As a last resort both rows carry the credit code."""
    for one in (row, rows[0]):
        one.cells["code"] = one.firm.code
        one.lost.discard("code")
