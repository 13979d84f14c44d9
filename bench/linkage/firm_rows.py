"""All rows of one firm: each from another sheet, none so poor that nobody could tell whose it is."""

from bench.linkage import firm_addresses, firm_names, firm_numbers  # noqa: F401 - they enter their corruptions
from bench.linkage.corruption import spoil
from bench.linkage.firm_row import FirmRow
from bench.linkage.writings import landline_writing, mobile_writing

# How often a sheet has no value in a column, and how carefully it writes names (share of rows with an untouched one).
SHEETS = {
    "销售Excel": {"weight": 30, "care": 0.25, "code": 0.9, "website": 0.8, "email": 0.6, "province": 0.5, "city": 0.25, "district": 0.6, "address": 0.35, "phone": 0.35, "mobile": 0.3, "contact": 0.15},
    "旧CRM": {"weight": 30, "care": 0.4, "code": 0.6, "website": 0.6, "email": 0.4, "province": 0.2, "city": 0.1, "district": 0.3, "address": 0.2, "phone": 0.2, "mobile": 0.35, "contact": 0.2},
    "工商名单": {"weight": 22, "care": 0.85, "code": 0.1, "website": 0.85, "email": 0.5, "province": 0.1, "city": 0.1, "district": 0.2, "address": 0.1, "phone": 0.3, "mobile": 0.5, "contact": 0.1},
    "展会名片": {"weight": 18, "care": 0.3, "code": 0.97, "website": 0.3, "email": 0.25, "province": 0.6, "city": 0.4, "district": 0.8, "address": 0.5, "phone": 0.4, "mobile": 0.25, "contact": 0.1},
}  # fmt: skip
SHEET_WEIGHTS = {name: sheet["weight"] for name, sheet in SHEETS.items()}
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
    row, source = FirmRow(firm, draw), draw.weighted(SHEET_WEIGHTS)
    sheet = SHEETS[source]
    careful = draw.chance(sheet["care"])
    spoil(row, "naming", 0 if careful else draw.weighted({0: 10, 1: 55, 2: 30, 3: 5}), draw, unseen)
    spoil(row, "place", draw.weighted({0: 35, 1: 45, 2: 20}), draw, unseen)
    row.write(source)
    row.cells["phone"] = landline_writing(row.landline, draw) if row.landline else ""
    row.cells["mobile"] = mobile_writing(row.mobile, draw) if row.mobile else ""
    _empty(row, sheet, draw)
    spoil(row, "name", 0 if careful else draw.weighted({0: 55, 1: 38, 2: 7}), draw, unseen)
    for stage, share in {"phone": 0.35, "code": 0.3, "address": 0.35, "web": 0.4, "field": 0.08}.items():
        spoil(row, stage, int(draw.chance(share)), draw, unseen)
    _keep_place(row)
    return row


def _empty(row, sheet, draw):
    for column in row.cells:
        if column in sheet and draw.chance(sheet[column]):
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
