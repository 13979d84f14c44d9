"""Rows of a spreadsheet against what is in the house, for the importers of the rooms."""

from crm.importexport.importers import Twin
from customers.matching import checking, telling
from customers.matching.facts import Facts
from customers.matching.models import Action, Path

ROW = "row"
# Where a sheet joins the record that it names, being that record is nothing to be noted.
JOINED = {"full_name", "credit_code"}


class Asked:
    """One row of a sheet: its facts until they are checked, and afterwards what was found."""

    __slots__ = ("facts", "findings")

    def __init__(self, facts: Facts):
        self.facts, self.findings = facts, ()
        # Worked out while the rows before are still being written; all that is left for this row's turn is to ask for them.
        _keys = facts.keys


def identity(asked: Asked, kind=ROW):
    """The row itself among its identities: no other row is the same by it."""
    return (kind, asked)


def noted(noun, wanted, by, *, kind=ROW, joins="") -> dict:
    """For the rows among these identities the record that stops them, or that they are much like.

    As many queries for a chunk as for a row. With `joins`, a column, nothing is stopped: the row joins what it names.
    """
    rows = [one[1] for one in wanted if one[0] == kind and one[1].facts is not None]
    facts = [row.facts for row in rows]
    checking.hold(noun, facts, path=Path.IMPORT)
    found = {}
    for row, findings in zip(rows, checking.check(noun, facts, path=Path.IMPORT), strict=True):
        row.facts, row.findings = None, [one for one in findings if one.action and not (joins and JOINED & one.verdict.holds)]
        first = next((one for one in row.findings if one.action in (Action.BLOCK, Action.WARN)), None)
        if first is not None:
            stops = not joins and first.action == Action.BLOCK
            found[identity(row, kind)] = Twin(first.record, joins or first.field, telling.sentence(first, by), blocks=stops)
    return found


def report(records, rows, by):
    """Hand what was found beside the rows to those who keep a list of it."""
    for record, row in zip(records, rows, strict=True):
        checking.report(record, row.findings, by=by)
