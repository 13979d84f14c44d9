"""Mainland provinces, cities and districts by their six-digit code."""

import json
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from crm.core.regions import short_name

FILE = Path(__file__).parent / "regions.json"
DISTRICT = 6
_LONGEST = 15
_BETWEEN = re.compile(r"[\s/、,，·.\-—>]+")
_DISTRICT_RANK = re.compile(r"(?:.族)*(?:自治县|自治旗|新区|区|县|市|旗)$")
# What the list of the statistics office leaves out.
BESIDES = {"71": "台湾省", "81": "香港特别行政区", "82": "澳门特别行政区"}
MUNICIPAL = ("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划")


@cache
def names() -> dict[str, str]:
    """Code to name, for provinces (2 digits), cities (4) and districts (6)."""
    return json.loads(FILE.read_text(encoding="utf-8")) | BESIDES


@cache
def words(code: str) -> str:
    """A code as people say it: 江苏 苏州 工业园区; the meaningless middle level of a municipality is left out."""
    parts = dict.fromkeys(name for length in (2, 4, DISTRICT) if len(code) >= length and (name := names().get(code[:length], "")) not in MUNICIPAL)
    # A district keeps its rank: 伊宁市 and 伊宁县 lie in one prefecture.
    return " ".join(part if place > 1 else _short(part) for place, part in enumerate(parts) if part)


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
    """The code for a code or the name of a place, however it is written (江苏省苏州市, 恩施州, 广东深圳南山); None where unknown or not unique."""
    text = text.strip()
    if text.isdigit():
        while text.endswith("00") and text not in names():
            text = text[:-2]
        return _plain(text) if text in names() else None
    found = {_plain(code) for code in _walk(_BETWEEN.sub("", text).removeprefix("中国").replace("市辖区", ""), "")}
    largest = min(map(len, found), default=0)
    at_largest = [code for code in found if len(code) == largest]
    return at_largest[0] if len(at_largest) == 1 else None


def _walk(text, inside):
    """The codes of all places that these words can mean, read from the larger to the smaller; `inside` is the place read before."""
    deeper, again = set(), set()
    for size in range(min(len(text), _LONGEST), 1, -1):
        for code in _written().get(text[:size], ()):
            if code.startswith(inside):
                # 吉林吉林 is the city in the province; 北京北京 only says it twice.
                (again if code == inside else deeper).update(_walk(text[size:], code) if text[size:] else {code})
    return deeper or again


def _plain(code):
    """A city that is its own only district (东莞) goes by the city's code, the nameless middle level of a municipality (3101) by the municipality's."""
    if len(code) == DISTRICT:
        return code[:4] if names()[code] == names().get(code[:4]) else code
    return code[:2] if names()[code] in MUNICIPAL else code


@cache
def _written():
    """Every way of writing a place to the codes it can mean: the whole name, and the one without its rank."""
    found: dict[str, set] = {}
    for code, name in names().items():
        if name not in MUNICIPAL:
            for words in {name, *_shorter(code, name)}:
                found.setdefault(words, set()).add(code)
    return found


def _shorter(code, name):
    short = short_name(_short(name)) if len(code) < DISTRICT else _DISTRICT_RANK.sub("", name)
    if len(short) < 2:
        return []
    # 恩施土家族苗族自治州 is 恩施 and 恩施州 as well; a new district is no district of the same name.
    return [short] if name.endswith("新区") else [short, short + name[-1]]


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
    for tail in ("壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "特别行政区", "省", "市"):
        if name.endswith(tail) and len(name) - len(tail) >= 2:
            return name[: -len(tail)]
    return name
