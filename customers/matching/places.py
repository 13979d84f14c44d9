"""Provinces, cities and districts as they stand in front of addresses and names, and where a telephone rings."""

import re
from functools import cache, lru_cache

from crm.core.text import squash
from customers.companies import regions
from customers.matching.simplified import simplified

RANKED = re.compile(r"(?:特别行政区|自治区|自治州|自治县|地区|新区|省|市|盟|县|区|旗)$")


@cache
def _head():
    names = {name for name in regions.names().values() if name not in regions.MUNICIPAL and len(name) > 1}
    # The short form of a province or city; of a district only the whole name, because many are also brands.
    names |= {RANKED.sub("", name) for code, name in regions.names().items() if len(code) <= 4 and len(RANKED.sub("", name)) > 1}
    names |= {name[:-1] for name in names if name.endswith("市") and len(name) == 3}
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(r"^(?:中国)?(?:" + "|".join(map(re.escape, longest_first)) + r")(?:市|省|市辖区)?")


def strip_places(text: str) -> str:
    """The text behind province, city and district in front of it, however many stand there."""
    while (found := _head().match(text)) and found.end() < len(text):
        text = text[found.end() :]
    return text


@cache
def _cities():
    """Every name of a region, long and short, to the code of its city, or of its province where that is all it says."""
    found = {}
    for code, name in sorted(regions.names().items(), key=lambda item: -len(item[0])):
        if name in regions.MUNICIPAL or len(name) < 2:
            continue
        short = RANKED.sub("", name)
        for written in {name, short} if len(short) > 1 and len(code) <= 4 else {name}:
            # Districts of the same name lie in many cities and say nothing; a city goes before a district.
            found[written] = "" if len(code) == 6 and found.get(written, code[:4]) != code[:4] else code[:4]
    return found


@lru_cache(maxsize=100_000)
def city_of(text: str) -> str:
    """The first four digits of the region's code that a text begins with or is: city, or two for a province alone; "" if unknown."""
    plain, best = simplified(squash(text)), ""
    while plain:
        size = next((size for size in range(min(len(plain), 11), 1, -1) if plain[:size] in _cities()), 0)
        code = _cities().get(plain[:size], "") if size else ""
        if not size or (best and code and not code.startswith(best)):
            return best
        best = max(best, code, key=len)
        if len(best) == 4:
            return best
        plain = plain[size:]
    return best


def agree(one: str, other: str) -> bool | None:
    """Whether two places can be the same: equal or one inside the other; None where one is unknown."""
    if not one or not other:
        return None
    size = min(len(one), len(other))
    return one[:size] == other[:size]
