"""What an address consists of, and how closely two agree."""

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from sys import intern

from rapidfuzz.distance import JaroWinkler

from crm.core.text import squash
from customers.matching.places import strip_places
from customers.matching.simplified import simplified

ROAD = re.compile(r"([^\d\W]{1,8}?(?:大道|大街|公路|胡同|路|街|道|巷|弄|里))([东西南北中]?[段路]?)(?:第?(\d+)(?:[-之](\d+))?号?)?")
NUMBER = re.compile(r"\d+[a-z]?|[a-z]\d*(?=[栋座幢楼室])|[a-z]+\d+")
CHINESE_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
BUILDING_NUMBER = re.compile(r"(?<=[第])?([一二三四五六七八九十]{1,3})(?=[号栋幢座楼层期])")
TOWN = re.compile(r"^.*(?:镇|乡|街道|开发区|园区|新区|村)(?=..)")
PUNCTUATION = re.compile(r"[\W_]+")


class Address(IntEnum):
    """How closely two addresses agree, the closest first."""

    SAME = 1
    SAME_HOUSE = 2
    SAME_STREET = 3
    OTHER = 4


@dataclass(frozen=True, slots=True)
class Place:
    """An address taken apart: everything plain, the road with its number, and the numbers behind it (house, floor, room)."""

    plain: str
    road: str
    number: str
    inside: tuple
    words: str


@lru_cache(maxsize=200_000)
def parse(text: str) -> Place:
    """Take an address apart; province, city and district in front are left out."""
    plain = strip_places(BUILDING_NUMBER.sub(_digits, simplified(squash(re.sub(r"[,，·]", "", text)))))
    found = ROAD.search(plain)
    if found is None:
        return Place(PUNCTUATION.sub("", plain), "", "", _numbers(plain), PUNCTUATION.sub("", re.sub(r"\d", "", plain)))
    rest, road = plain[found.end() :], intern(TOWN.sub("", found[1]) + found[2])
    return Place(PUNCTUATION.sub("", plain), road, intern(found[3] or ""), _numbers(rest), intern(re.sub(r"[\W\d_]+", "", rest)))


def _numbers(text):
    """The numbers in a text; kept once however many addresses share them."""
    return tuple(map(intern, NUMBER.findall(text)))


def compare(one: Place, other: Place) -> Address:
    """How closely two addresses agree."""
    if one.plain == other.plain:
        return Address.SAME
    if one.road and one.road == other.road:
        return _on_one_road(one, other)
    likeness = JaroWinkler.similarity(one.plain, other.plain)
    if likeness >= 0.9 and one.inside == other.inside and one.number == other.number:
        return Address.SAME_HOUSE
    shared = len(one.words) >= 4 and len(other.words) >= 4 and (one.words in other.words or other.words in one.words)
    return Address.SAME_STREET if likeness >= 0.85 or shared else Address.OTHER


def _on_one_road(one, other):
    if one.number and other.number and one.number != other.number:
        return Address.SAME_STREET
    if not (one.number and other.number):
        return Address.SAME_STREET if not (one.inside and one.inside == other.inside) else Address.SAME_HOUSE
    if one.inside == other.inside:
        return Address.SAME
    shorter, longer = sorted((one.inside, other.inside), key=len)
    return Address.SAME_HOUSE if not shorter or longer[-len(shorter) :] == shorter or longer[: len(shorter)] == shorter else Address.SAME_STREET


def _digits(found):
    text = found[1]
    if "十" not in text:
        return text.translate(CHINESE_DIGITS)
    tens, _ten, ones = text.partition("十")
    value = (int(tens.translate(CHINESE_DIGITS)) if tens else 1) * 10 + (int(ones.translate(CHINESE_DIGITS)) if ones else 0)
    return str(value)
