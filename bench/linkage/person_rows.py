"""All rows of one person: each from another sheet, none so poor that nobody could tell whose it is."""

from bench.linkage.corruptions import spoil
from bench.linkage.firm_row import FirmRow
from bench.linkage.lists.sheets import CONTACT_WEIGHTS, CONTACTS
from bench.linkage.numbers_written import landline_writing, mobile_writing
from bench.linkage.person_row import PersonRow
from bench.linkage.trial import Trial

HOPELESS = 0.01


def rows_of(person, count: int, draw, trial: Trial) -> list[PersonRow]:
    """So many rows of this person."""
    rows: list[PersonRow] = []
    for _row in range(count):
        row = _row_of(person, draw, trial)
        if rows and not row.linked(rows):
            _mend(row, rows[0], draw)
        rows.append(row)
    return rows


def _row_of(person, draw, trial):
    row, source = PersonRow(person, draw), draw.weighted(CONTACT_WEIGHTS)
    row.write(_company(row, draw, trial.unseen), source)
    row.cells["mobile"] = mobile_writing(row.mobile, draw)
    row.cells["phone"] = landline_writing(row.job.phone, draw)
    for column, share in CONTACTS[source].items():
        if draw.chance(share) or column in trial.hidden("contacts"):
            row.cells[column] = ""
    spoil(row, "person", draw.weighted({0: 60, 1: 34, 2: 6}), draw, trial.unseen)
    spoil(row, "personal", draw.weighted({0: 50, 1: 35, 2: 15}), draw, trial.unseen)
    _keep_told_apart(row)
    row.forget_unseen_notes("company", prefix="company: ")
    return row


def _company(row, draw, unseen):
    """The name of the firm as this sheet has it."""
    company = FirmRow(row.job.firm, draw)
    spoil(company, "naming", draw.weighted({0: 40, 1: 45, 2: 15}), draw, unseen)
    company.write("")
    spoil(company, "name", draw.weighted({0: 80, 1: 20}), draw, unseen)
    row.did += [f"company: {done}" for done in company.did]
    row.lost |= {"company"} if "brand" in company.lost else set()
    return company.cells["name"]


def _keep_told_apart(row):
    """Two of one name in one firm are told apart by their mobiles and departments: both stand in each of their rows."""
    if "mobile" in row.keeps:
        row.cells["mobile"] = row.cells["mobile"] or row.mobile
        row.cells["department"] = row.job.department


def _mend(row, first, draw):
    """Give back what went missing until the first row of the person knows enough of it."""
    if draw.chance(HOPELESS):
        row.did.append("hardly anything in common")
        return
    for one in (row, first):
        if not one.cells["mobile"] or "mobile" in one.lost:
            one.give_back("mobile", one.mobile)
        if row.linked([first]):
            return
    row.mobile, row.cells["mobile"] = first.mobile, first.mobile
    if not row.linked([first]):
        row.give_back("name", row.person.name)
        row.lost.discard("surname")
    if not row.linked([first]):
        first.give_back("name", row.person.name)
        first.lost.discard("surname")
