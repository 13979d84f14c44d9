"""People put right one by one in one go: each gets values of its own, numbers and addresses included."""

from crm.activity.correcting import Corrected, correct_each
from crm.core.bulk import store_many
from crm.core.errors import Invalid
from customers.contacts import completeness, events
from customers.contacts.cleaning import clean
from customers.contacts.models import Contact, ContactPoint
from customers.contacts.points import point
from customers.contacts.policies import masked, may_replace
from customers.contacts.services import _apply as apply

POINT = "points."


def text_of(contact, field: str) -> str:
    """What stands in a field, as text; of a number or address `<kind>:<value>`."""
    if field.startswith(POINT):
        return next((_text(known) for known in contact.points.all() if known.pk == int(field.removeprefix(POINT))), "")
    value = getattr(contact, field)
    return "" if value is None else str(value)


def correct_many(changes: dict[int, dict[str, tuple[str, str]]], *, by, as_it_was=False) -> Corrected:
    """Give each of these people its values, `{id: {field: (before, after)}}`; what was changed since stays, as does what is refused.

    A number or address goes by `points.<id>`, its text is `<kind>:<value>`.
    """

    def write(rows):
        points = _points(rows)
        written, told = {}, {}
        for row in rows:
            own = {name: text for name, text in changes[row.pk].items() if not name.startswith(POINT)}
            changed = set(apply(row, _values(row, own, as_it_was)))
            ways = {int(name.removeprefix(POINT)): text for name, text in changes[row.pk].items() if name.startswith(POINT)}
            moved = [known for known in points.get(row.pk, ()) if known.pk in ways and _rewrite(known, ways[known.pk], points[row.pk], by, as_it_was)]
            changed |= {f"{POINT}{known.pk}" for known in moved}
            if changed:
                row.completeness = completeness.score(row, points.get(row.pk, []))
                written[row.pk] = changed
                told[row.pk] = moved
        moved = [known for ways in told.values() for known in ways]
        ContactPoint.objects.bulk_update(moved, ["kind", "value", "norm", "digits", "is_primary"], batch_size=500)
        _store([row for row in rows if row.pk in written], written)
        altered.update({pk: [{"kind": known.kind, "value": masked(known.kind, known.value)} for known in ways] for pk, ways in told.items() if ways})
        return written

    altered: dict = {}
    return correct_each(
        Contact,
        events.UPDATED,
        changes,
        by=by,
        write=write,
        data=lambda row: {"name": row.name} | ({"altered": altered[row.pk]} if row.pk in altered else {}),
        about=lambda row: [row.company] if row.company_id else [],
    )


def _values(row, texts, as_it_was):
    values = {field: Contact._meta.get_field(field).to_python(after) for field, (before, after) in texts.items() if text_of(row, field) == before}
    if as_it_was:
        return values
    fit = {}
    for field, value in values.items():
        try:
            fit |= clean({field: value}, contact=row)
        except Invalid:
            continue
    return fit


def _points(rows):
    found: dict = {}
    for known in ContactPoint.objects.filter(contact__in=rows):
        found.setdefault(known.contact_id, []).append(known)
    return found


def _text(known):
    return f"{known.kind}:{known.value}"


def _rewrite(known, texts, others, by, as_it_was):
    """Write the number or address as it should stand; False where that cannot be or nothing changes."""
    before, after = texts
    kind, _mark, value = after.partition(":")
    if _text(known) != before or not may_replace(by, known.kind):
        return False
    try:
        found = point(kind, value)
    except Invalid:
        if not as_it_was:
            return False
        found = ContactPoint(kind=kind, value=value, norm=value, digits="")
    if as_it_was:
        found.kind, found.value = kind, value
    if any((other.kind, other.norm) == (found.kind, found.norm) for other in others if other is not known):
        return False
    if (known.kind, known.value) == (found.kind, found.value):
        return False
    if found.kind != known.kind:
        known.is_primary = not any(other.kind == found.kind and other.is_primary for other in others if other is not known)
    known.kind, known.value, known.norm, known.digits = found.kind, found.value, found.norm, found.digits
    return True


def _store(rows, written):
    fields = {name for row in rows for name in written[row.pk] if not name.startswith(POINT)}
    if rows:
        store_many(rows, *sorted(fields | {"completeness"}))
