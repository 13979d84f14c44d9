"""Which acts on companies can be taken back, and what the old values alone would leave untrue."""

from crm.activity.ownership import carry_children, hold_children
from crm.activity.undo import Undoable, undoable
from crm.bin.undoing import deletion
from customers.companies import completeness, events, known, switchboards


def _rate(row, changes):
    row.completeness = completeness.score(row)
    return ["completeness"]


def _code_taken(rows, changes, activities):
    """Those whose credit code another company carries by now."""
    codes = {row.pk: changes[row.pk].get("credit_code", (row.credit_code,))[0] for row in rows}
    wanted = [("credit_code", code) for pk, code in codes.items() if code and {"credit_code", "deleted_at"} & set(changes[pk])]
    holders = {code: twin.pk for (_field, code), twin in known.twins(wanted).items()}
    return {pk for pk, code in codes.items() if holders.get(code, pk) != pk}


def _renew_phones(rows, changes):
    if called := [row for row in rows if "phone" in changes[row.pk]]:
        switchboards.renew(called)


undoable.add(
    events.UPDATED,
    Undoable("companies.edit", stays=_code_taken, derived=frozenset({"completeness"}), follow=_rate, settle=_renew_phones),
)
undoable.add(events.ASSIGNED, Undoable("companies.assign", hold=hold_children, carry=carry_children))
undoable.add(events.DELETED, deletion("companies.delete", stays=_code_taken))
