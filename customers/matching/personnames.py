"""What a person's name consists of, and how two stand to each other."""

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from rapidfuzz.distance import OSA, JaroWinkler

from crm.core.text import fold, pinyin_key, squash
from customers.matching.simplified import simplified
from customers.matching.sounds import sound

TITLE = re.compile(
    r"(?:董事长|总经理|副总经理|总监|副总|经理|主任|主管|先生|女士|小姐|老师|工程师|博士|教授|老板|厂长|部长|科长|处长|局长|校长|院长|会计|出纳|采购|师傅|总|工|姐|哥|董|校|院|科)$"
)
HONORIFIC = re.compile(r"^(?:mr|mrs|ms|miss|dr|prof)\.?\s+|[(（].*[)）]$")
HAN = re.compile(r"[\u3400-\u9fff]")
# What people add to a name in a telephone's book: 冯小姐@峡光, 朱稹士 科联, 张三-采购.
BESIDE = re.compile(r"^([\u3400-\u9fff·]{2,4})[@\s\-—_/|,，、:：(（\[【].*$")
FAMILIAR = re.compile(r"^[老小阿大]([\u3400-\u9fff])$")
UMLAUT = re.compile(r"^(l|n)(?:v|ü|yu|ue)$")
DOUBLE_SURNAMES = frozenset(
    "欧阳 上官 司马 诸葛 东方 皇甫 尉迟 公孙 令狐 慕容 司徒 南宫 夏侯 长孙 宇文 端木 独孤 轩辕 申屠 太史 闻人 呼延 百里 东郭 西门".split()
)


class Person(IntEnum):
    """How two names stand to each other, the closest first."""

    SAME = 1
    SOUNDS_SAME = 2
    SLIP = 3
    COULD_BE = 4
    OTHER = 5


@dataclass(frozen=True, slots=True)
class Parsed:
    """A name taken apart: the plain name, how it sounds (syllables sorted), its surname, and whether only that is known."""

    plain: str
    syllables: tuple
    surname: str
    is_surname_alone: bool
    is_latin: bool


@lru_cache(maxsize=200_000)
def parse(name: str) -> Parsed:
    """Take a person's name apart."""
    words = HONORIFIC.sub("", fold(name)).strip()
    if not HAN.search(words):
        parts = tuple(sorted(UMLAUT.sub(r"\1u", part) for part in re.split(r"[^a-zü]+", words) if part))
        return Parsed("".join(parts), parts, "", words != fold(name).strip() and len(parts) == 1, True)
    words = BESIDE.sub(r"\1", words)
    plain = re.sub(r"[\W\d_]+", "", squash(words))
    plain = simplified("".join(HAN.findall(plain)) or plain)
    plain = FAMILIAR.sub(r"\1总", plain)
    bare = TITLE.sub("", plain) if len(plain) >= 2 else plain
    surname = plain[:2] if plain[:2] in DOUBLE_SURNAMES else plain[:1]
    alone = bare != plain and len(bare) <= len(surname)
    kept = bare if bare and (alone or len(bare) >= 2) else plain
    syllables = tuple(UMLAUT.sub(r"\1u", part) for part in pinyin_key(kept, person=True).split())
    return Parsed(kept, syllables, surname, alone, False)


def compare(one: Parsed, other: Parsed) -> Person | None:
    """How two names stand to each other; None where nothing can be said."""
    if not one.plain or not other.plain:
        return None
    if one.plain == other.plain:
        return Person.COULD_BE if one.is_surname_alone else Person.SAME
    if one.is_latin or other.is_latin:
        return _latin(one, other)
    if one.is_surname_alone or other.is_surname_alone:
        return Person.COULD_BE if one.surname == other.surname else Person.OTHER
    return _full_names(one, other)


def _full_names(one, other):
    if set(one.syllables).isdisjoint(other.syllables):
        return Person.OTHER
    if one.syllables == other.syllables or sorted(one.plain) == sorted(other.plain):
        return Person.SOUNDS_SAME
    by_sight = max(len(one.plain), len(other.plain)) >= 3 and OSA.distance(one.plain, other.plain, score_cutoff=1) <= 1
    by_sound = OSA.distance("".join(one.syllables), "".join(other.syllables), score_cutoff=1) <= 1
    return Person.SLIP if by_sight or by_sound else Person.OTHER


def _latin(one, other):
    sounds = ["".join(sorted("".join(name.syllables))) for name in (one, other)]
    if sounds[0] == sounds[1]:
        return Person.SOUNDS_SAME
    if one.is_surname_alone or other.is_surname_alone:
        return Person.COULD_BE if set(one.syllables) & set(other.syllables) else Person.OTHER
    if one.is_latin != other.is_latin:
        # A Chinese with a foreign first name (Kevin Wang) shares the surname at most.
        han, latin = (other, one) if one.is_latin else (one, other)
        return Person.COULD_BE if han.syllables and sound(han.surname) in latin.syllables else None
    likeness = JaroWinkler.similarity(one.plain, other.plain)
    return Person.SLIP if likeness >= 0.92 else Person.OTHER
