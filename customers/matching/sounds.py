"""How Chinese text sounds, one reading for each character: quick enough for a million names, and the same on both sides of a comparison."""

import unicodedata
from functools import cache

from pypinyin.pinyin_dict import pinyin_dict


def sound(text: str) -> str:
    """The text in pinyin without tones; what is no Chinese character stays as it is."""
    return text.translate(_readings())


def syllables() -> set[str]:
    """Every syllable of the language in Latin letters; those of one letter only where they are a word of their own."""
    return {each for each in _readings().values() if each.isascii() and each.isalpha() and (len(each) > 1 or each in "aeo")}


@cache
def _readings():
    return {character: _plain(readings.partition(",")[0]) for character, readings in pinyin_dict.items()}


def _plain(reading):
    letters = unicodedata.normalize("NFD", reading).replace("u\u0308", "v")
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
