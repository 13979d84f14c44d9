"""Giving many records values of their own: one bulk event, which can be taken back as a whole."""

from collections.abc import Callable
from dataclasses import dataclass, field

from crm.activity.spine import event, record_many
from crm.core.policy import require


@dataclass
class Corrected:
    """What came of it: the id of the bulk event, and for each record that changed the names of its fields."""

    event: int = 0
    written: dict[int, set[str]] = field(default_factory=dict)


def correct_each(model, verb: str, ids, *, by, write: Callable, data: Callable = lambda row: {}, about: Callable = lambda row: ()) -> Corrected:
    """Lock those of the records that are there and within reach, and let `write` (rows) change them; one line on each timeline.

    Unlike a bulk change that a person chose, records that have gone or lie out of reach are passed over.
    `write` gives the names of the changed fields by id, for those that changed.
    """
    with event(verb, by=by) as found:
        require(by, f"{model.noun}.edit")
        rows = model.objects.visible_to(by, "edit").filter(pk__in=list(ids)).select_for_update(of=("self",), no_key=True)
        rows = list(rows.order_by("pk"))
        written = write(rows)
        touched = [row for row in rows if row.pk in written]
        if touched:
            record_many(verb, touched, by=by, data=lambda row: data(row) | {"fields": sorted(written[row.pk]), "cleaned": True}, about=about)
        return Corrected(found.id, written)
