"""Mainland provinces, cities and districts by their six-digit code."""

import json
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from django.utils.translation import gettext_lazy as _

FILE = Path(__file__).parent / "regions.json"
MUNICIPAL = ("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划")


@cache
def names() -> dict[str, str]:
    """Code to name, for provinces (2 digits), cities (4) and districts (6)."""
    return json.loads(FILE.read_text(encoding="utf-8"))


@cache
def words(code: str) -> str:
    """A code as people say it: 江苏 苏州 工业园区; the meaningless middle level of a municipality is left out."""
    parts = [names().get(code[:length], "") for length in (2, 4, 6) if len(code) >= length]
    return " ".join(_short(part) for part in dict.fromkeys(parts) if part and part not in MUNICIPAL)


@dataclass(frozen=True)
class Region:
    """One region for a picker: its code, shown as people say it."""

    pk: str

    def __str__(self):
        return words(self.pk)


def region(code: str) -> Region | None:
    """The region of a code, or None."""
    return Region(code) if code in names() else None


@lru_cache(maxsize=4096)
def code_of(text: str) -> str | None:
    """The code for a code or a name of a province, city or district; None where it is unknown or not unique."""
    text = text.strip()
    if text in names():
        return text
    if text.isdigit():
        while text.endswith("00") and text not in names():
            text = text[:-2]
        return text if text in names() else None
    exact = [code for code, name in names().items() if text in (name, _short(name), words(code).replace(" ", ""), words(code))]
    shortest = min(map(len, exact), default=0)
    at_shortest = [code for code in exact if len(code) == shortest]
    return at_shortest[0] if len(at_shortest) == 1 else None


def search(typed: str, limit=10) -> list[Region]:
    """Regions whose name contains what was typed, larger ones first; the provinces while nothing is typed."""
    wanted = typed.strip()
    if not wanted:
        return [Region(code) for code in sorted(names()) if len(code) == 2]
    found = [code for code, name in names().items() if name not in MUNICIPAL and (wanted in name or wanted in words(code))]
    return [Region(code) for code in sorted(found, key=lambda code: (len(code), code))[:limit]]


def unknown(text):
    """The sentence for what is no region."""
    return _("“%(value)s” is not a province, city or district, or there are several of that name.") % {"value": text}


def _short(name):
    for tail in ("壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "省", "市"):
        if name.endswith(tail) and len(name) - len(tail) >= 2:
            return name[: -len(tail)]
    return name
