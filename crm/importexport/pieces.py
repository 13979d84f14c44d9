"""A cell that holds several numbers or addresses, as people write them: 13812347788/0512-68881234."""

import re

# A number is pasted behind another with a blank alone; the pieces of one number are shorter than seven digits.
BETWEEN = re.compile(r"[;；、,，|/\n]+|(?<=\d{7})\s+(?=\+?\d{7})")
SHORTEST = 7


def numbers(text) -> list[str]:
    """The telephone numbers of a cell, if each part of it is a whole one; else nothing."""
    return _pieces(text, lambda piece: len(digits(piece)) >= SHORTEST)


def addresses(text) -> list[str]:
    """The e-mail addresses of a cell, if each part of it is one; else nothing."""
    return _pieces(text, lambda piece: "@" in piece)


def digits(text) -> str:
    """The digits of a number alone."""
    return re.sub(r"\D", "", text)


def _pieces(text, is_whole):
    if not isinstance(text, str):
        return []
    found = [piece for part in BETWEEN.split(text) if (piece := part.strip())]
    return found if all(map(is_whole, found)) else []
