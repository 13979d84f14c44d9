"""Provinces, cities and districts as they stand in front of addresses and names, and where a telephone rings."""

import re
from collections import Counter, defaultdict
from functools import cache, lru_cache
from itertools import islice

from crm.core.regions import short_name
from crm.core.text import squash
from customers.companies import regions
from customers.matching.simplified import simplified

RANKED = re.compile(r"(?:特别行政区|自治区|自治州|自治县|地区|新区|省|市|盟|县|区|旗)$")

# What follows the name of a place when it is the name of a road: 北京路, 南京东路.
ROAD = re.compile(r"[东西南北中]?(?:大道|大街|[路街巷])")
# So little behind a town's name is no brand of its own but a trade.
SHORTEST_NAME = 2
# The area code of a fixed line that is written with its 0, or with the code of the country.
AREA_CODE = re.compile(r"(?:^|[^\d])(?:(?:\+|00)86[\s-]*0?|0)(10|2\d|[3-9]\d\d)(?=\)|）|[\s-]*[2-9]\d{3})")
# So many rows are enough to learn where each area code rings.
LEARNED_FROM = 50_000


@cache
def _head():
    names = {name for name in regions.names().values() if name not in regions.MUNICIPAL and len(name) > 1}
    # The short form of a province or city; of a district only the whole name, because many are also brands.
    names |= {short for code, name in regions.names().items() if len(code) <= 4 for short in _shorter(name)}
    names |= {name[:-1] for name in names if name.endswith("市") and len(name) == 3}
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(r"^(?:中国)?(?:" + "|".join(map(re.escape, longest_first)) + r")(?:市|省|市辖区)?")


@cache
def _towns():
    """Cities of the third rank by their short names (昆山, 明光), with the code of the city that each lies in."""
    return {name[:-1]: code[:4] for code, name in regions.names().items() if len(code) == 6 and len(name) == 3 and name.endswith("市")}


def strip_places(text: str) -> str:
    """The text behind province, city and district in front of it, however many stand there, as long as each can lie in the one before."""
    place = ""
    while (found := _head().match(text)) and found.end() < len(text) and not ROAD.match(text, found.end()):
        inside = city_of(found[0]) or _towns().get(found[0], "")
        if (place and inside and agree(place, inside) is False) or (found[0] in _towns() and len(text) - found.end() <= SHORTEST_NAME):
            return text  # 深圳明光空调, 明光空调: there is a town of that name somewhere, here it is a brand
        place, text = max(place, inside, key=len), text[found.end() :]
    return text


def _shorter(name):
    """What people leave off: 红河哈尼族彝族自治州 is 红河哈尼族彝族 on paper and 红河 to everybody."""
    return {short for short in (RANKED.sub("", name), short_name(name)) if len(short) > 1}


@cache
def _cities():
    """Every name of a region, long and short, to the code of its city, or of its province where that is all it says."""
    found = {}
    for code, name in sorted(regions.names().items(), key=lambda item: -len(item[0])):
        if name in regions.MUNICIPAL or len(name) < 2:
            continue
        for written in {name, *_shorter(name)} if len(code) <= 4 else {name}:
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


def by_area_codes(cities: list[str], columns: list[list[str]]) -> list[str]:
    """The cities of rows, where one is unknown from the area code of its telephone.

    Which city an area code belongs to is learned from the rows that say both.
    """
    if "" not in cities or not columns:
        return cities
    heard = defaultdict(Counter)
    for city, *texts in islice(zip(cities, *columns, strict=True), LEARNED_FROM):
        if city and (area := _area_code(texts)):
            heard[area][city] += 1
    known = {area: city for area, said in heard.items() for city, count in said.most_common(1) if count > said.total() / 2 and count > 1}
    return [city or known.get(_area_code(texts), "") for city, *texts in zip(cities, *columns, strict=True)]


def _area_code(texts):
    return next((found[1] for text in texts if (found := AREA_CODE.search(text))), "")


def agree(one: str, other: str) -> bool | None:
    """Whether two places can be the same: equal or one inside the other; None where one is unknown."""
    if not one or not other:
        return None
    size = min(len(one), len(other))
    return one[:size] == other[:size]
