"""Cells of a sheet that hold several numbers or addresses, as people write them: 13812347788/0512-68881234."""

import re

from customers.contacts.models import ContactPoint

# A number is pasted behind another with a blank alone; the pieces of one number are shorter than seven digits.
BETWEEN = re.compile(r"[;；、,，|/\n]+|(?<=\d{7})\s+(?=\+?\d{7})")
MOBILE = re.compile(r"(?:\+?86)?1[3-9]\d{9}")
SHORTEST = 7
KINDS = {"mobile": ContactPoint.Kind.LANDLINE, "phone": ContactPoint.Kind.LANDLINE, "email": ContactPoint.Kind.EMAIL}


def apart(values):
    """The values of a new person with one number or address for each short name; the others stand beside it as `points`."""
    found, points = dict(values), list(values.get("points") or [])
    for name, kind in KINDS.items():
        pieces = _pieces(values.get(name), name)
        if len(pieces) > 1:
            main = next((piece for piece in pieces if MOBILE.fullmatch(re.sub(r"\D", "", piece))), pieces[0]) if name == "mobile" else pieces[0]
            found[name] = main
            # A phone finds its own kind.
            points += [{"kind": kind, "value": piece} for piece in pieces if piece is not main]
    return found | ({"points": points} if points else {})


def _pieces(text, name):
    """The parts of a cell, if each of them is whole by itself."""
    if not isinstance(text, str):
        return []
    pieces = [piece for part in BETWEEN.split(text) if (piece := part.strip())]
    whole = all("@" in piece if name == "email" else len(re.sub(r"\D", "", piece)) >= SHORTEST for piece in pieces)
    return pieces if whole else []
