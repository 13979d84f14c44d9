"""The ways in which people write one telephone number."""

_WIDE = str.maketrans("0123456789-+()", "０１２３４５６７８９－＋（）")
_MARKS = ["手机：", "电话:", "tel:", "TEL ", "Mob: ", "手机号"]

MOBILE_WRITINGS = {
    "plain": (40, lambda n: n),
    "3-4-4 dashes": (12, lambda n: f"{n[:3]}-{n[3:7]}-{n[7:]}"),
    "3-4-4 blanks": (12, lambda n: f"{n[:3]} {n[3:7]} {n[7:]}"),
    "+86": (8, lambda n: f"+86{n}"),
    "+86 blank": (5, lambda n: f"+86 {n}"),
    "86-": (4, lambda n: f"86-{n}"),
    "0086": (3, lambda n: f"0086{n}"),
    "bracket": (3, lambda n: f"(+86){n}"),
    "leading zero": (3, lambda n: f"0{n}"),
    "float": (4, lambda n: f"{n}.0"),
    "full width": (3, lambda n: n.translate(_WIDE)),
    "dots": (2, lambda n: f"{n[:3]}.{n[3:7]}.{n[7:]}"),
    "apostrophe": (2, lambda n: f"'{n}"),
}
LANDLINE_WRITINGS = {
    "dash": (40, lambda a, n: f"{a}-{n}"),
    "plain": (15, lambda a, n: a + n),
    "bracket": (10, lambda a, n: f"({a}){n}"),
    "wide bracket": (6, lambda a, n: f"（{a}）{n}"),
    "blank": (6, lambda a, n: f"{a} {n}"),
    "+86": (8, lambda a, n: f"+86-{a[1:]}-{n}"),
    "0086": (3, lambda a, n: f"0086{a[1:]}{n}"),
    "split": (6, lambda a, n: f"{a}-{n[:4]} {n[4:]}"),
    "full width": (3, lambda a, n: f"{a}-{n}".translate(_WIDE)),
    "eaten zero": (4, lambda a, n: a[1:] + n),
    "float": (2, lambda a, n: f"{a[1:]}{n}.0"),
}


_WEIGHTS = {parts: {name: weight for name, (weight, _write) in writings.items()} for parts, writings in [(1, MOBILE_WRITINGS), (2, LANDLINE_WRITINGS)]}


def mobile_writing(number: str, draw) -> str:
    """138-1234-5678, +86 13812345678, …"""
    return _written(MOBILE_WRITINGS, draw, number)


def landline_writing(number: str, draw) -> str:
    """(0755)12345678, 0755-1234 5678, …; service numbers stay as they are."""
    area, _dash, local = number.partition("-")
    return number if "-" in local else _written(LANDLINE_WRITINGS, draw, area, local)


def number_written(number: str, draw) -> str:
    """Either kind, or nothing."""
    if not number:
        return ""
    return landline_writing(number, draw) if "-" in number else mobile_writing(number, draw)


def marked(text: str, draw) -> str:
    """A word in front: 手机：138…"""
    return draw.pick(_MARKS) + text


def _written(writings, draw, *parts):
    return writings[draw.weighted(_WEIGHTS[len(parts)])][1](*parts)
