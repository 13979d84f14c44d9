"""What a company's name consists of, and how two names stand to each other: same, shortened, mistyped, sister, or other."""

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from rapidfuzz.distance import OSA

from crm.core.regions import ALL_NAMES
from crm.core.text import company_core, fold, squash
from customers.matching.lookalikes import look_alike
from customers.matching.personnames import SURNAMES
from customers.matching.places import city_of, strip_places
from customers.matching.simplified import simplified
from customers.matching.sounds import sound

REMARK = re.compile(r"[(（【\[<《]([^)）】\]>》]*)[)）】\]>》]")
# What people write behind a name about it: 已注销, 老客户, 原名…; no part of it.
NOTE = re.compile(r"注销|客户|原名|曾用|备用|重复|测试|勿|暂|停用|作废|老|新签|意向")
AFTER = re.compile(r"(?<=[\u3400-\u9fff])[-—_/|;；,，\s].*(?:注销|客户|停用|重复|作废|勿|成交|跟进|意向|联系|已|待).*$")
NUMBERS = re.compile(r"^\d{1,3}[.、)）\s]+|\+?\d[\d\s-]{6,}\d")
# An English form, or a whole English name, behind or in brackets after a Chinese one.
LATIN_TAIL = re.compile(r"(?<=[\u3400-\u9fff)）】])[\s.,(（]*[a-z][a-z\s.,&'()（）-]*$")
# Behind a slash, a dash or the legal form people write somebody's name, an English one, an address: no part of the name.
SLASH = re.compile(r"(?<=[\u3400-\u9fff]{4})[/|｜].*$")
LABEL = re.compile(r"^(?:客户|客户名称|公司|公司名称|单位|名称|供应商|厂家)\s*[:：]\s*|^[a-z](?=[\u3400-\u9fff]{4})")
ADDRESS = re.compile(r"(?<=[\u3400-\u9fff])[,，;；\s]+(?=\S*\d)\S*(?:[路街道巷弄]|\d号)\S*$")
DASH = re.compile(r"(?<=[\u3400-\u9fff]{4})\s*[-—_@:：]\s*([\u3400-\u9fff]{2,4})$")
BEHIND_FORM = re.compile(r"(?<=公司)[\s,，;；:：\-—_]+(?!.*(?:分公司|分行|支行|分店|分部|分厂|办事处|营业部|项目部|代表处|事业部)).*$")
# What in brackets belongs to a name: a branch, a shop, a word of the legal form.
INSIDE = re.compile(r"(?:[店部厂场所院站校]|分公司|分行|支行|集团|控股|中国|国际|股份)$")
LOOSE_FORM = re.compile(r"(?<=..)(?:股份|集团|有限|控股|公司|经营部|经销部|商行|门市部|总部)$")
LEGAL_END = re.compile(r"(?:公司|集团|合作社|事务所|研究院|商行|[厂店院所社])$|\b(?:ltd|limited|inc|llc|gmbh|corp|co)\.?$")
REGISTERED = re.compile(r"(?:有限(?:责任)?公司|合作社|事务所|研究院|商行|经营部|[厂店院所社])$")
BRANCH = re.compile(r"(?:分公司|分行|支行|分店|分部|分厂|分院|分校|办事处|营业部|营业厅|项目部|联络处|代表处|事业部)$")
_REGIONS = sorted((name for name in ALL_NAMES if len(name) > 1), key=len, reverse=True)
REGION_NAMES = frozenset(_REGIONS)
LATIN = re.compile(r"[a-z]")
HAN = re.compile(r"[\u3400-\u9fff]")


class Name(IntEnum):
    """How two names stand to each other, the closest first."""

    SAME = 1
    SOUNDS_SAME = 2
    SHORTENED = 3
    SLIP = 4
    ABBREVIATED = 5
    SISTER = 6
    ONE_APART = 7
    OTHER = 8


@dataclass(frozen=True, slots=True)
class Parsed:
    """A name taken apart: `core` without place, legal form and remarks; `places` named in it; `branch` its mark, if it is one.

    `is_full` says that it is written with its legal form, as it is registered.
    """

    core: str
    sound: str
    places: frozenset
    branch: str
    is_latin: bool
    is_full: bool = False


@lru_cache(maxsize=200_000)
def parse(name: str) -> Parsed:
    """Take a company's name apart."""
    places, kept = set(), simplified(LATIN_TAIL.sub("", _without_surroundings(AFTER.sub("", NUMBERS.sub("", fold(name))))).strip())

    def inside(found):
        words = found[1].strip()
        if words in REGION_NAMES:
            places.add(_short(words))
            return ""
        return words if INSIDE.search(words) and not NOTE.search(words) else ""

    kept = REMARK.sub(inside, kept)
    core = company_core(kept)
    branch = ""
    if found := BRANCH.search(core):
        branch, core = _branch_of(core[: found.start()]) + found[0], _parent_of(core[: found.start()])
    core = _without_place(core, places)
    while (shorter := LOOSE_FORM.sub("", core)) != core:
        core = shorter
    core = core or squash(name)
    latin = not HAN.search(core)
    return Parsed(core, core if latin else sound(core), _kept_once(frozenset(places)), branch, latin, bool(REGISTERED.search(kept.strip())))


def _without_surroundings(name):
    """The name without what stands around it: 客户：恒立达机械, 恒立达机械有限公司 王总, 恒立达机械/Hengda/王明, 恒立达机械-王明, 恒立达机械，科技路8号."""
    name = ADDRESS.sub("", BEHIND_FORM.sub("", SLASH.sub("", LABEL.sub("", name))))
    found = DASH.search(name)
    return name[: found.start()] if found and found[1][0] in SURNAMES and found[1] not in REGION_NAMES else name


@lru_cache(maxsize=20_000)
def _kept_once(places):
    """The same few sets of places for a million names."""
    return places


def city_in(name: Parsed | None) -> str:
    """The code of the one place that a name names; empty where it names none, or several."""
    codes = {place if place.isdigit() else city_of(place) for place in name.places} if name else set()
    return codes.pop() if len(codes) == 1 else ""


def has_legal_form(name: str) -> bool:
    """Whether a name ends as registered names do (…有限公司, … Co., Ltd.), so that it is written in full and without remarks."""
    return bool(LEGAL_END.search(fold(name)))


def _without_place(core, places):
    """The core behind the places in front of it, or before one behind it (恒立达上海)."""
    behind = strip_places(core)
    if len(behind) < 2:
        return core
    if behind != core and (city := city_of(core)):
        places.add(city)
    return behind


def _short(region):
    return re.sub("[省市县区]$", "", region.removeprefix("中国"))


def _branch_of(words):
    found = re.search("(?:" + "|".join(map(re.escape, _REGIONS)) + ")[市县区]?$", words)
    return _short(found[0]) if found else words[-2:]


def _parent_of(words):
    return company_core(re.sub("(?<=..)(?:" + "|".join(map(re.escape, _REGIONS)) + ")[市县区]?$", "", words)) or words


def compare(one: Parsed, other: Parsed) -> Name | None:
    """How two parsed names stand to each other; None where a Chinese and a foreign name cannot be compared."""
    if one.core == other.core:
        return Name.SAME
    if one.is_latin != other.is_latin:
        return _across_scripts(one, other)
    if one.sound == other.sound:
        return Name.SOUNDS_SAME
    begin_and_end = one.core[:1] == other.core[:1] or one.core[-1:] == other.core[-1:]
    found = _by_parts(one, other) if begin_and_end or len(one.core) == len(other.core) else Name.OTHER
    return _by_sound(one, other) if found in (Name.SISTER, Name.OTHER) and one.sound[:2] == other.sound[:2] and not one.is_latin else found


def _by_sound(one, other):
    """Where the characters say that the names are two: 容源餐饮 is still 荣源餐饮管理, shortened and typed by its sound."""
    a, b = sorted(([sound(each) for each in name.core] for name in (one, other)), key=len)
    head = _common(a, b)
    tail = _common(a[head:][::-1], b[head:][::-1])
    left, right = a[head : len(a) - tail], b[head : len(b) - tail]
    if not left and (head >= 2 or (len(right) == 1 and len(a) >= 3)):
        return Name.SHORTENED
    if len(a) >= 4 and left and len(left) <= 3 and sorted(left) == sorted(right):
        return Name.SOUNDS_SAME
    if head >= 2 and _is_shortening(a, b):
        return Name.SHORTENED
    return Name.SISTER if head >= 2 else Name.OTHER


def _across_scripts(one, other):
    latin, han = (one, other) if one.is_latin else (other, one)
    if latin.sound == han.sound:
        return Name.SOUNDS_SAME
    head = sound(han.core[:2])
    return Name.ABBREVIATED if latin.core.startswith(head) else None


def _by_parts(one, other):
    """Cut off what both begin and end with; what remains in between says what happened."""
    a, b = sorted((one.core, other.core), key=len)
    head = _common(a, b)
    tail = _common(a[head:][::-1], b[head:][::-1])
    left, right = a[head : len(a) - tail], b[head : len(b) - tail]
    if not left:
        return _missing(a, right, head, tail)
    if _is_typed_otherwise(left, right):
        return Name.SOUNDS_SAME
    if len(left) == len(right) == 1:
        return _one_character(left, right) if len(a) >= 3 and (head >= 2 or tail >= 2) else Name.OTHER
    if _is_shortening(a, b):
        # Behind the brand only the trade is shortened: 恒达精机, 恒达精密机械.
        return Name.SHORTENED if head >= 2 else Name.ABBREVIATED
    if len(one.sound) >= 6 and OSA.distance(one.sound, other.sound, score_cutoff=1) <= 1:
        return Name.SLIP
    return Name.SISTER if head >= 2 else Name.OTHER


def _one_character(one, other):
    """By eye or by ear a slip, else perhaps another word: 恒达电子 and 恒达电气 are two firms, and so are 恒达 and 恒泰."""
    return Name.SLIP if look_alike(one, other) or OSA.distance(sound(one), sound(other), score_cutoff=1) <= 1 else Name.ONE_APART


def _missing(short, rest, head, tail):
    """Something is missing: behind the brand it is a shortening, before it another brand (恒达, 新恒达)."""
    if head >= 2 or (head == 0 and tail >= 3 and rest == "中国"):
        return Name.SHORTENED
    return Name.SLIP if len(rest) == 1 and len(short) >= 3 else Name.OTHER


def _is_typed_otherwise(left, right):
    """The same characters in another order, or others that sound the same."""
    return (len(left) <= 3 and sorted(left) == sorted(right)) or (len(left) == len(right) and sound(left) == sound(right))


def _is_shortening(short, long):
    """Whether the short name takes characters of the long one in their order, the first one first: 中石化, 中国石油化工."""
    if not 2 <= len(short) < len(long) or short[0] != long[0]:
        return False
    rest = iter(long)
    return all(mark in rest for mark in short)


def _common(a, b):
    size = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        size += 1
    return size
