"""Several numbers or addresses in one cell: the first is the main one, the others stand beside it."""

import re

from crm.importexport import pieces
from customers.contacts.models import ContactPoint

MOBILE = re.compile(r"(?:\+?86)?1[3-9]\d{9}")
KINDS = {
    "mobile": (ContactPoint.Kind.LANDLINE, pieces.numbers),
    "phone": (ContactPoint.Kind.LANDLINE, pieces.numbers),
    "email": (ContactPoint.Kind.EMAIL, pieces.addresses),
}


def apart(values):
    """The values of a new person with one number or address for each short name; the others stand beside it as `points`."""
    found, points = dict(values), list(values.get("points") or [])
    for name, (kind, parts_of) in KINDS.items():
        parts = parts_of(values.get(name))
        if len(parts) > 1:
            main = next((part for part in parts if MOBILE.fullmatch(pieces.digits(part))), parts[0]) if name == "mobile" else parts[0]
            found[name] = main
            # A phone finds its own kind.
            points += [{"kind": kind, "value": part} for part in parts if part is not main]
    return found | ({"points": points} if points else {})
