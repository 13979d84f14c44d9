"""The list of ways to reach a person: put together from what was typed, what is there already, and who may touch which."""

from django.utils.translation import gettext_lazy as _

from crm.core.cleaning import tidied, tidy
from crm.core.errors import Invalid
from customers.contacts.models import ContactPoint
from customers.contacts.points import point
from customers.contacts.policies import may_add, may_replace

Kind = ContactPoint.Kind
# Short names for the main point of a kind; a phone field takes fixed lines and numbers abroad alike.
SHORT = {
    "mobile": (Kind.MOBILE,),
    "phone": (Kind.LANDLINE, Kind.PHONE),
    "email": (Kind.EMAIL,),
    "wechat": (Kind.WECHAT,),
    "qq": (Kind.QQ,),
}
MOST = 30
KINDS = frozenset(Kind.values)


def wanted(ways, contact, by, problems):
    """The points the person shall have, each kind with one main point; what cannot be taken is noted by its field."""
    present = list(contact.points.all()) if contact is not None else []
    points = _from_list(ways["points"] or [], problems) if "points" in ways else [_copy(known) for known in present]
    for name in SHORT:
        if name in ways:
            points = _with_main(points, name, ways[name], problems)
    if by is not None:
        points = _within_rights(points, present, by, problems)
    if len(points) > MOST:
        problems.add("points", _("At most %(most)d ways to reach a person.") % {"most": MOST})
    return _one_main_each(_once(points))


def main_of(points, name):
    """The main point behind a short name, or None."""
    found = [known for known in points if known.kind in SHORT[name]]
    return next((known for known in found if known.is_primary), found[0] if found else None)


def _from_list(rows, problems):
    points = []
    for number, row in enumerate(rows):
        found = _point(row, f"points.{number}", problems)
        if found is not None:
            points.append(found)
    return points


def _point(row, field, problems):
    row = tidy(row)
    kind = row.get("kind") or Kind.OTHER
    if kind not in KINDS:
        problems.add(field, _("“%(value)s” is not one of the choices.") % {"value": kind})
        return None
    if len(row.get("label") or "") > 40:
        problems.add(field, _("At most 40 characters each."))
    return _made(kind, row.get("value"), (row.get("label") or "")[:40], bool(row.get("is_primary")), field, problems)


def _made(kind, value, label, is_primary, field, problems):
    try:
        return point(kind, value, label=label, is_primary=is_primary)
    except Invalid as refusal:
        problems.add(field, refusal.message)
        return None


def _with_main(points, name, typed, problems):
    """The list with another main point of a kind; nothing typed takes the present one away."""
    before = next((known for known in points if known.kind in SHORT[name] and known.is_primary), None)
    others = [known for known in points if known is not before]
    if typed in (None, ""):
        return others
    found = _made(SHORT[name][0], tidied(typed), before.label if before else "", True, name, problems)
    return [found, *others] if found else points


def _within_rights(points, present, by, problems):
    """What a person may not read whole, he may add to but not take away; what he may not even add, he leaves alone."""
    kept = [_copy(known) for known in present if not may_replace(by, known.kind)]
    known = {(old.kind, old.norm) for old in present}
    if any((new.kind, new.norm) not in known and not may_add(by, new.kind) for new in points):
        problems.add("points", _("You do not have the right to change these ways to reach a person."))
    return [*kept, *points]


def _once(points):
    return list({(known.kind, known.norm): known for known in reversed(points)}.values())[::-1]


def _one_main_each(points):
    """The first point marked as main stays so; a kind without one gets its first."""
    for kind in {known.kind for known in points}:
        of_kind = [known for known in points if known.kind == kind]
        main = next((known for known in of_kind if known.is_primary), of_kind[0])
        for known in of_kind:
            known.is_primary = known is main
    return points


def _copy(known):
    return ContactPoint(kind=known.kind, value=known.value, norm=known.norm, digits=known.digits, label=known.label, is_primary=known.is_primary)
