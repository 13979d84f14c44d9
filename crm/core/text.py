"""Names as they are compared, searched and sorted; `crm.core.sql` does the same in the database."""

import re
import unicodedata
from functools import cache, lru_cache

from pypinyin import lazy_pinyin, load_phrases_dict
from pypinyin.constants import RE_HANS
from pypinyin.seg.simpleseg import seg

from crm.core.regions import ALL_NAMES
from crm.core.surnames import SURNAMES

MAX_KEY = 200
MAX_NAME = 300  # what lies behind it changes no key, and patterns stay quick whatever is pasted
LAST = "~"  # sorts behind every letter

# Marks that take no room on paper: pasted from web pages, contact lists and PDF files, never typed on purpose.
INVISIBLE = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff"
BLANK = "\t-\r\x1c-\x20\x85\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"

# Capitals of the Latin, Greek and Cyrillic alphabets with their small letters. A table and not str.lower(), because
# the database has to lower the same letters on every server, whatever locale its cluster was made with.
CAPITALS = [
    chr(code)
    for first, last in [(0x41, 0x5A), (0xC0, 0x24F), (0x370, 0x3FF), (0x400, 0x52F), (0x1E00, 0x1EFF)]
    for code in range(first, last + 1)
    if len(chr(code).lower()) == 1 and chr(code).lower() != chr(code) == unicodedata.normalize("NFKC", chr(code))
]
SMALL = [capital.lower() for capital in CAPITALS]

_LOWER = dict(zip(map(ord, CAPITALS), SMALL, strict=True))
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_BLANKS = re.compile(f"[{BLANK}]+")
_NOT_LETTERS = re.compile(r"[^0-9a-z]+")
# Han and digits are folded already; most names and half of all that is compared consist of nothing else.
_FOLDED = re.compile(r"[0-9a-z\u4e00-\u9fff]*")

load_phrases_dict({"朝阳": [["cháo"], ["yáng"]], "大厦": [["dà"], ["shà"]], "六安": [["lù"], ["ān"]]})


# Legal forms, dropped from the end again and again; a branch keeps its mark, because it is not its parent.
_CHINESE_FORM = (
    r"(?:有限[责責]任公司|股份有限公司|有限公司|股份公司|集[团團]公司|[总總]公司|集[团團]|(?<![分子支])公司"
    r"|特殊普通合伙|普通合伙|有限合伙|个人独资)"
)
_LATIN_FORM = (
    r"(?:co|company|inc|incorporated|corp|corporation|ltd|limited|llc|llp|plc|gmbh|ag|kg|se|sa|sas|sarl|srl|spa|bv|nv|oy"
    r"|ab|pte|pty|sdn|bhd|kk|group|holdings?)"
)
_DOTTED = re.compile(r"\b(?:[a-z]\.){2,}")
_LATIN_END = re.compile(rf"(?:[\s.,()&-]+{_LATIN_FORM})+[\s.,()]*$")
_LATIN_INSIDE = re.compile(r"\b(?:co|company|pte|pty|sdn)\b[\s.,]*\b(?:ltd|limited|inc|bhd)\b\.?")
_CHINESE_END = re.compile(rf"(?<=..){_CHINESE_FORM}$")
_PARENT_FORM = re.compile(rf"(?<=..){_CHINESE_FORM}+(?=.+分(?:公司|行|店|部|厂|所|院|校)$)")
_PUNCTUATION = re.compile(r"[\W_]+")


def narrow(text: str) -> str:
    """Full-width and other look-alike forms made plain, invisible marks dropped; case and blanks stay."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))


def fold(text: str) -> str:
    """The text as it is compared: plain forms, small letters, single blanks: "ＡＢＣ　 Co" becomes "abc co"."""
    if _FOLDED.fullmatch(text):
        return text
    return _BLANKS.sub(" ", narrow(text).translate(_LOWER)).strip(" ")


def squash(text: str) -> str:
    """The folded text without any blank, as it is searched: "万  科Ａ" becomes "万科a"."""
    return fold(text).replace(" ", "")


def bigrams(text: str) -> list[str]:
    """Every two neighbours in the squashed text, in order: 恒立达 gives 恒立, 立达. Mirrors km_bigrams."""
    plain = squash(text)
    return [plain[place : place + 2] for place in range(len(plain) - 1)]


@lru_cache(maxsize=16_384)
def pinyin_key(name: str, person: bool = False) -> str:
    """The ASCII sort key of a name, syllables apart: 重庆 → "chong qing".

    A person's surname is read as a surname: 单于 → "chan yu". What cannot be read at all sorts last.
    """
    return " ".join(_syllables(name, person))[:MAX_KEY].rstrip() or LAST


def initials(name: str, person: bool = False) -> str:
    """First letters for quick search, Latin words and digits whole: 恒立达 → "hld", 3M中国 → "3mzg"."""
    plain = fold(name)[:MAX_NAME]
    surname = _surname(plain) if person else ""
    letters = [syllable[0] for syllable in SURNAMES.get(surname, "").split()]
    letters += [syllable[0] if is_han else syllable for is_han, syllables in _words(plain[len(surname) :]) for syllable in syllables]
    return "".join(letters).replace(" ", "")[:MAX_KEY]


def company_core(name: str, without_region: bool = False) -> str:
    """What is left of a company's name when all that changes from one writing to the next is dropped (PRODUCT A4.1).

    恒立达（上海）科技有限公司 → 恒立达上海科技; Acme Tools Co., Ltd. → acmetools. A branch keeps its mark:
    恒立达北京分公司. Without region, provinces and cities in front go too: 上海市恒立达 → 恒立达.
    """
    words = _DOTTED.sub(lambda dotted: dotted[0].replace(".", "") + " ", fold(name)[:MAX_NAME])
    words = _LATIN_END.sub("", _LATIN_INSIDE.sub(" ", words)) or words
    core = _PARENT_FORM.sub("", _PUNCTUATION.sub("", words))
    while (shorter := _CHINESE_END.sub("", core)) != core:
        core = shorter
    while without_region and (region := _region().match(core)):
        core = core[region.end() :]
    return core


@cache
def _region():
    # Three thousand names: made when the first company asks for it, and not at the start of every process.
    return re.compile("(?:" + "|".join(sorted(ALL_NAMES, key=len, reverse=True)) + ")(?=..)(?!分公司)")


def _syllables(name: str, person: bool) -> list[str]:
    plain = fold(name)[:MAX_NAME]
    surname = _surname(plain) if person else ""
    read = [piece.strip() for _is_han, syllables in _words(plain[len(surname) :]) for piece in syllables]
    return [part for part in [SURNAMES.get(surname, ""), *read] if part]


@lru_cache(maxsize=4096)
def _words(plain: str) -> list:
    """The words of a text, each with its syllables and whether it is Han; name and initials of one row ask for the same."""
    return [_read(word) for word in seg(plain)] if plain else []


@lru_cache(maxsize=65_536)
def _read(word: str) -> tuple:
    """One word of the dictionary, or one character: the same few thousand come again and again."""
    return bool(RE_HANS.match(word)), tuple(lazy_pinyin(word, errors=_latin))


def _surname(plain: str) -> str:
    """The surname that is read otherwise than the same character elsewhere, or "" where it is not one of those."""
    return next((plain[:size] for size in (2, 1) if plain[:size] in SURNAMES), "")


def _latin(piece: str) -> str | None:
    """What stands between Han characters, with its accents dropped; other scripts have no place in an ASCII key."""
    plain = unicodedata.normalize("NFKD", piece).encode("ascii", "ignore").decode().lower()
    return _NOT_LETTERS.sub(" ", plain) or None
