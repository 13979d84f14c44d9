"""Leads put right one by one in one go: each gets values of its own, as the cleaning of data needs it."""

from crm.activity.correcting import Corrected, correct_each
from crm.core.bulk import store_many
from crm.core.errors import Invalid, NotAllowed
from deals.leads import events, policies, scoring
from deals.leads.cleaning import clean
from deals.leads.models import Lead
from deals.leads.services import _apply as apply

RATED = ("score", "grade")


def text_of(lead, field: str) -> str:
    """What stands in a field, as text."""
    return getattr(lead, field)


def correct_many(changes: dict[int, dict[str, tuple[str, str]]], *, by, as_it_was=False) -> Corrected:
    """Give each of these leads its values, `{id: {field: (before, after)}}`; what was changed since stays, as does what is refused.

    A lead that has become a customer is history and stays as it is.
    """

    def write(rows):
        written = {}
        for row in rows:
            if not row.is_converted and (changed := apply(row, _values(row, changes[row.pk], by, as_it_was))):
                scoring.rate(row)
                written[row.pk] = set(changed)
        touched = [row for row in rows if row.pk in written]
        if touched:
            store_many(touched, *sorted(set(RATED).union(*written.values())))
        return written

    return correct_each(Lead, events.UPDATED, changes, by=by, write=write)


def _values(row, texts, by, as_it_was):
    """The values as the fields take them, without those that were changed since, or that this person may not write."""
    fit = {}
    for field, (before, after) in texts.items():
        try:
            policies.require_fields(by, {field: after}, row)
            if text_of(row, field) == before:
                fit |= {field: after} if as_it_was else clean({field: after}, lead=row)
        except (Invalid, NotAllowed):
            continue
    return fit
