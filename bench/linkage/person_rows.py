"""All rows of one person: each from another sheet, none so poor that nobody could tell whose it is."""

from bench.linkage import firm_addresses, firm_names, firm_numbers, person_errors  # noqa: F401 - they enter their corruptions
from bench.linkage.corruption import spoil
from bench.linkage.firm_row import FirmRow
from bench.linkage.person_row import PersonRow
from bench.linkage.writings import landline_writing, mobile_writing

SHEETS = {
    "名片": {"weight": 30, "department": 0.4, "title": 0.1, "mobile": 0.1, "phone": 0.35, "email": 0.2, "wechat": 0.6, "city": 0.5, "address": 0.5, "gender": 0.8, "birthday": 1.0, "company": 0.03},
    "旧CRM": {"weight": 30, "department": 0.5, "title": 0.3, "mobile": 0.2, "phone": 0.3, "email": 0.45, "wechat": 0.7, "city": 0.2, "address": 0.4, "gender": 0.3, "birthday": 0.7, "company": 0.05},
    "销售Excel": {"weight": 25, "department": 0.8, "title": 0.5, "mobile": 0.12, "phone": 0.6, "email": 0.75, "wechat": 0.5, "city": 0.4, "address": 0.8, "gender": 0.7, "birthday": 0.95, "company": 0.1},
    "手机通讯录": {"weight": 15, "department": 0.95, "title": 0.7, "mobile": 0.03, "phone": 0.7, "email": 0.85, "wechat": 0.6, "city": 0.8, "address": 0.9, "gender": 0.95, "birthday": 0.9, "company": 0.4},
}  # fmt: skip
SHEET_WEIGHTS = {name: sheet["weight"] for name, sheet in SHEETS.items()}
ENOUGH = 6
HOPELESS = 0.01


def rows_of(person, count: int, draw, unseen: bool) -> list[PersonRow]:
    """So many rows of this person."""
    rows: list[PersonRow] = []
    for _row in range(count):
        row = _row_of(person, draw, unseen)
        if rows and not _linked(row, rows):
            _mend(row, rows[0], draw)
        rows.append(row)
    return rows


def _row_of(person, draw, unseen):
    row, source = PersonRow(person, draw), draw.weighted(SHEET_WEIGHTS)
    row.write(_company(row, draw, unseen), source)
    row.cells["mobile"] = mobile_writing(row.mobile, draw)
    row.cells["phone"] = landline_writing(row.job.phone, draw)
    for column, share in SHEETS[source].items():
        if column in row.cells and draw.chance(share):
            row.cells[column] = ""
    spoil(row, "person", draw.weighted({0: 60, 1: 34, 2: 6}), draw, unseen)
    spoil(row, "personal", draw.weighted({0: 50, 1: 35, 2: 15}), draw, unseen)
    _keep_told_apart(row)
    return row


def _company(row, draw, unseen):
    """The name of the firm as this sheet has it."""
    company = FirmRow(row.job.firm, draw)
    spoil(company, "naming", draw.weighted({0: 40, 1: 45, 2: 15}), draw, unseen)
    company.write("")
    spoil(company, "name", draw.weighted({0: 80, 1: 20}), draw, unseen)
    row.did += [f"company: {done}" for done in company.did]
    row.lost |= {"company"} & ({"company"} if "brand" in company.lost else set())
    return company.cells["name"]


def _keep_told_apart(row):
    """Two of one name in one firm are told apart by their mobiles and departments: both stand in each of their rows."""
    if "mobile" in row.keeps:
        row.cells["mobile"] = row.cells["mobile"] or row.mobile
        row.cells["department"] = row.job.department


def _linked(row, rows):
    mine = row.facts()
    return any(sum(points for fact, points in mine.items() if fact in other.facts()) >= ENOUGH for other in rows)


def _mend(row, first, draw):
    """Give back what went missing until the first row of the person knows enough of it."""
    if draw.chance(HOPELESS):
        row.did.append("hardly anything in common")
        return
    for one in (row, first):
        if not one.cells["mobile"] or "mobile" in one.lost:
            one.cells["mobile"] = one.mobile
            one.lost.discard("mobile")
        if _linked(row, [first]):
            return
    row.mobile, row.cells["mobile"] = first.mobile, first.mobile
    if not _linked(row, [first]):
        row.cells["name"] = row.person.name
        row.lost -= {"name", "surname"}
    if not _linked(row, [first]):
        first.cells["name"] = row.person.name
        first.lost -= {"name", "surname"}
