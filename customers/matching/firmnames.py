"""How the names of two firms stand to each other, and the key by which a name is found in an index (PRODUCT A4.1)."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import IntEnum
from functools import lru_cache

from crm.core.text import company_core, fold, squash
from customers.matching import companynames, places
from customers.matching.companynames import Name, Parsed
from customers.matching.simplified import simplified

LONGEST = 200
# What stands behind a legal form and ends as a branch is the mark of the branch, whatever place it names.
BRANCH = re.compile(r"^(.{2,}?(?:公司|集团|银行))(.{0,12}(?:分公司|分行|支行|分店|分部|分厂|分院|分校|办事处|营业部|项目部|代表处|事业部))$")
FORMS = re.compile(r"^(?:股份|有限|责任|公司|集团)+")
BEGUN = re.compile(r"(?<=..)(?:有限公|有限责任公|有限责任|有限责|有限|有|股份有限公|股份有限|股份有|股份|集)$")
SUBSIDIARY = re.compile(r"(?<=..)(?:全资|控股|参股|分)?子公司$")
# Behind a place these are not a brand: 厦门航空 is not 航空, and 北京银行 is not 银行.
TRADES = frozenset(
    "银行 农商银行 证券 保险 信托 医药 航空 机场 港口 汽车 铁路 地铁 公交 交投 电力 电网 供电 燃气 水务 自来水 "
    "钢铁 石化 烟草 日报 电视台 大学 学院 建工 城投 百货 日化".split()
)


class Standing(IntEnum):
    """From the same name to another one."""

    EQUAL = 1
    SAME = 2
    SOUNDS_SAME = 3
    NEAR = 4
    KIN = 5
    OTHER = 6


@dataclass(frozen=True, slots=True)
class Firm:
    """A name as it is compared: `key` is stored and indexed, `mark` tells a branch or subsidiary from its parent."""

    key: str
    core: str
    parsed: Parsed
    mark: str
    cities: frozenset


def half_typed(name: str) -> str:
    """A name without the beginning of a legal form at its end, as it stands while somebody types it: 恒立达有限 is 恒立达."""
    return BEGUN.sub("", name.strip())


@lru_cache(maxsize=50_000)
def firm(name: str) -> Firm:
    """Read a firm's name. Its key is how the core sounds without place, legal form and branch, so that all of a group are found together."""
    plain = simplified(fold(name))[:LONGEST]
    bare, mark = _without_mark(plain)
    parsed = companynames.parse(bare)
    cities = frozenset(code for place in parsed.places if (code := place if place.isdigit() else places.city_of(place)))
    return Firm(parsed.sound[:LONGEST], company_core(plain), parsed, mark or parsed.branch, cities)


def _without_mark(plain):
    if branch := BRANCH.match(plain):
        return branch[1], FORMS.sub("", branch[2]).replace("市", "")
    bare = SUBSIDIARY.sub("", plain)
    return bare, plain[len(bare) :]


def name_key(name: str) -> str:
    """What a firm's name is found by; one key for the table of companies, for leads and for what is being typed."""
    return firm(name).key if name else ""


def stand(one: Firm, other: Firm) -> Standing:
    """How two names stand to each other. A branch, a subsidiary and a namesake in another city are kin, never the same."""
    if one.core == other.core:
        return Standing.EQUAL
    found = companynames.compare(one.parsed, other.parsed)
    if found in (Name.SAME, Name.SOUNDS_SAME):
        return _of_one_core(one, other, found)
    if one.mark != other.mark:
        return Standing.KIN if found in (Name.SHORTENED, Name.SLIP, Name.ONE_APART, Name.SISTER) else Standing.OTHER
    if found in (Name.SHORTENED, Name.SLIP, Name.ONE_APART, Name.ABBREVIATED):
        return Standing.OTHER if _apart(one, other) else Standing.NEAR
    return Standing.KIN if found == Name.SISTER else Standing.OTHER


def _of_one_core(one, other, found):
    if _apart(one, other):
        return Standing.KIN if len(one.parsed.core) > 2 and one.parsed.core not in TRADES else Standing.OTHER
    if one.mark != other.mark:
        return Standing.KIN
    if one.cities != other.cities and one.parsed.core in TRADES:
        return Standing.NEAR
    return Standing.SAME if found == Name.SAME else Standing.SOUNDS_SAME


def _apart(one, other):
    """Whether both name a place, and not the same one."""
    if not one.cities or not other.cities:
        return False
    return not any(places.agree(here, there) for here in one.cities for there in other.cities)


def difference(one: str, other: str) -> str:
    """What two writings of a name differ by, as people would say it: 有限公司; empty where they differ all over or not at all."""
    a, b = (squash(simplified(name)) for name in (one, other))
    every = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    steps = [step for step in every if step[0] != "equal"]
    if not 1 <= len(steps) <= 2 or len(steps) == len(every):
        return ""
    return "、".join("/".join(filter(None, (a[i1:i2], b[j1:j2]))) for _tag, i1, i2, j1, j2 in steps)
