"""Companies put right one by one in one go: each gets values of its own, as the cleaning of data needs it."""

from crm.activity.correcting import Corrected, correct_each
from crm.core.bulk import store_many
from crm.core.errors import Invalid
from customers.companies import events, known, policies, switchboards
from customers.companies.cleaning import clean
from customers.companies.models import Company
from customers.companies.services import apply

NAMES = ("sort_key", "latin", "name_key")


def text_of(company, field: str) -> str:
    """What stands in a field, as text."""
    value = getattr(company, field)
    return "" if value is None else str(value)


def correct_many(changes: dict[int, dict[str, tuple[str, str]]], *, by, as_it_was=False) -> Corrected:
    """Give each of these companies its values, `{id: {field: (before, after)}}`; what was changed since stays, as does what is refused.

    `as_it_was` puts values back that stood there before, whatever they look like.
    """

    def write(rows):
        wanted = {row.pk: _values(row, changes[row.pk], as_it_was) for row in rows}
        _leave_known(wanted)
        written = {}
        for row in rows:
            policies.require_fields(by, wanted[row.pk], row)
            if changed := apply(row, wanted[row.pk]):
                written[row.pk] = set(changed)
        _store([row for row in rows if row.pk in written], written)
        return written

    return correct_each(Company, events.UPDATED, changes, by=by, write=write)


def _values(row, texts, as_it_was):
    """The texts as the fields take them, without those that a company may not have."""
    columns = {field: Company._meta.get_field(field) for field, (before, _after) in texts.items() if text_of(row, field) == before}
    values = {field: column.to_python(texts[field][1] or (None if column.null else "")) for field, column in columns.items()}
    if as_it_was:
        return values
    fit = {}
    for field, value in values.items():
        try:
            fit |= clean({field: value}, company=row)
        except Invalid:
            continue
    return fit


def _leave_known(wanted):
    """A code or a name that another company carries is for people to look at, not for a rule to write."""
    asked = [(field, values[field]) for values in wanted.values() for field in ("credit_code", "name") if values.get(field)]
    twins = known.twins(asked) if asked else {}
    for pk, values in wanted.items():
        for field in ("credit_code", "name"):
            if (twin := twins.get((field, values.get(field)))) and twin.pk != pk:
                del values[field]


def _store(rows, written):
    if not rows:
        return
    fields = set().union(*(written[row.pk] for row in rows))
    store_many(rows, *sorted(fields | {"completeness"} | (set(NAMES) if "name" in fields else set())))
    if called := [row for row in rows if "phone" in written[row.pk]]:
        switchboards.renew(called)
