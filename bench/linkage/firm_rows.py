"""All rows of one firm: each from another sheet, none so poor that nobody could tell whose it is."""

from bench.linkage.corruptions import spoil
from bench.linkage.firm_row import FirmRow
from bench.linkage.lists.sheets import CARE, COMPANIES, COMPANY_WEIGHTS
from bench.linkage.numbers_written import number_written
from bench.linkage.trial import Trial

HOPELESS = 0.01  # of the repeated rows stay as poor as they came
REPAIRS = ("mobile", "phone", "address", "code", "email", "website")


def rows_of(firm, count: int, draw, trial: Trial) -> list[FirmRow]:
    """So many rows of this firm."""
    rows: list[FirmRow] = []
    for _row in range(count):
        row = _row_of(firm, draw, trial)
        if rows and not row.linked(rows):
            _mend(row, rows, draw, trial)
        rows.append(row)
    return rows


def _row_of(firm, draw, trial):
    row, source = FirmRow(firm, draw), draw.weighted(COMPANY_WEIGHTS)
    if trial.narrow:
        row.with_one_number(draw)
    careful = draw.chance(CARE[source])
    spoil(row, "naming", 0 if careful else draw.weighted({0: 10, 1: 55, 2: 30, 3: 5}), draw, trial.unseen)
    spoil(row, "place", draw.weighted({0: 35, 1: 45, 2: 20}), draw, trial.unseen)
    row.write(source)
    row.cells["phone"] = number_written(row.landline, draw)
    row.cells["mobile"] = number_written(row.mobile, draw)
    _empty(row, COMPANIES[source], draw, trial)
    spoil(row, "name", 0 if careful else draw.weighted({0: 55, 1: 38, 2: 7}), draw, trial.unseen)
    for stage, share in {"phone": 0.35, "code": 0.3, "address": 0.35, "web": 0.4, "field": 0.08}.items():
        spoil(row, stage, int(draw.chance(share)), draw, trial.unseen)
    _keep_place(row)
    row.forget_unseen_notes("address", stages=("place", "address"))
    return row


def _empty(row, sheet, draw, trial):
    for column, share in sheet.items():
        if draw.chance(share) or column in trial.hidden("companies"):
            row.cells[column] = ""


def _keep_place(row):
    """A firm that only its city tells from another one says its city."""
    if "place" in row.keeps and not any(fact.startswith("place") for fact in row.facts()):
        row.cells["city"] = row.place.city.name


def _mend(row, rows, draw, trial):
    """Give back what went missing, one field after the other, until an earlier row knows enough of it."""
    if draw.chance(HOPELESS):
        row.did.append("hardly anything in common")
        return
    values = {
        "mobile": number_written(row.mobile, draw),
        "phone": number_written(row.landline, draw),
        "address": row.place.written(row.with_place),
        "code": row.firm.code,
        "email": row.firm.mail,
        "website": row.firm.domain,
    }
    order = [column for column in REPAIRS if column not in trial.hidden("companies")]
    draw.shuffle(order)
    for column in order:
        if values[column] and any(column == "code" or (other.cells[column] and column not in other.lost) for other in rows):
            row.give_back(column, values[column])
        if row.linked(rows):
            return
    _tell_code(row, rows)


def _tell_code(row, rows):
    """As a last resort both rows carry the credit code."""
    for one in (row, rows[0]):
        one.give_back("code", one.firm.code)
