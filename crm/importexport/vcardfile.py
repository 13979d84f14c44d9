"""Contacts as telephones and mail programs save them: vCard 2.1, 3.0 and 4.0, each card one row of a sheet.

Read here and not by a library: those of the registries read no GBK without a mark and no quoted-printable in it, which is
what Chinese telephones write, or have had no release for years.
"""

import binascii
import codecs
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from crm.importexport.refusals import MOST_ROWS, refused

BEGIN = b"begin:vcard"
LOOKED_AT = {
    "N", "FN", "NICKNAME", "ORG", "TITLE", "ROLE", "TEL", "EMAIL", "ADR", "NOTE", "URL", "BDAY", "GENDER", "X-GENDER", "CATEGORIES",
    "UID", "IMPP", "X-SOCIALPROFILE", "X-WECHAT", "X-WEIXIN", "X-QQ", "X-TENCENT-QQ", "X-ABLABEL",
}  # fmt: skip
MOBILE = re.compile(r"(?:\+?86|0086)?1[3-9]\d{9}")
DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})")
HAN = re.compile("[\u2e80-\u9fff]")
LONGEST_LINE, LONGEST_VALUE = 100_000, 20_000
FALLBACK = "gb18030"


@dataclass
class Property:
    """One line of a card: its name, the words behind it (types, encoding, character set) and its value, still in bytes."""

    name: str
    group: str
    words: dict[str, list[str]]
    raw: bytes

    @property
    def types(self) -> set[str]:
        """What kind it is: cell, work, home, fax, pref …"""
        return {one.strip().casefold() for value in self.words.get("TYPE", []) for one in value.split(",")}


@dataclass
class Card:
    """The properties of one card, and which encoding the file has where a line does not say."""

    version: str = "3.0"
    properties: list[Property] = field(default_factory=list)

    def all(self, *names) -> list[Property]:
        """The properties of these names, in the order of the file."""
        return [one for one in self.properties if one.name in names]


@dataclass(frozen=True)
class VcardFile:
    """A file of cards as a sheet: the row number is the number of the card."""

    path: Path
    encoding: str
    lines: int

    @property
    def names(self) -> list[str]:
        """The names of the columns, as the imports of contacts know them."""
        return [
            _("Contact"), _("Company"), _("Department"), _("Position"), _("Mobile"), _("Phone"), _("E-mail"), _("WeChat"), "QQ",
            _("Gender"), _("Birthday"), _("Address"), _("Website"), _("Tags"), _("Notes"), _("External ID"),
        ]  # fmt: skip

    def records(self) -> Iterator[list[str]]:
        """The cells of each card."""
        for number, card in enumerate(_cards(self.path, self.encoding), start=1):
            if number > MOST_ROWS:
                raise refused("too_many_rows")
            yield Reader(card, self.encoding).row()


def is_vcard(head: bytes) -> bool:
    """Whether a file begins like a card, in whatever encoding."""
    return BEGIN in head.replace(b"\0", b"")[:200].lower().lstrip(codecs.BOM_UTF8 + b"\xff\xfe \r\n\t")[:60]


def open_vcards(path: Path) -> VcardFile:
    """Find out the encoding and the number of cards; refuse a file without a whole card."""
    with path.open("rb") as file:
        head = file.read(4)
    encoding = "utf-16" if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8"
    if encoding == "utf-8":
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            with path.open("rb") as file:
                while block := file.read(1 << 20):
                    decoder.decode(block)
        except UnicodeDecodeError:
            encoding = FALLBACK
    number = sum(1 for _card in _cards(path, encoding))
    if not number:
        raise refused("no_rows")
    return VcardFile(path, encoding, number)


def _cards(path, encoding):
    card, lines = None, _unfolded(_lines(path, encoding))
    for line in lines:
        bare = line.strip().upper()
        if bare == b"BEGIN:VCARD":
            card = Card()
        elif bare == b"END:VCARD":
            if card is not None:
                yield card
            card = None
        elif card is not None and (found := _property(line)):
            if found.name == "VERSION":
                card.version = found.raw.decode("ascii", "replace").strip()
            elif found.name in LOOKED_AT:
                card.properties.append(found)


def _lines(path, encoding):
    if encoding == "utf-16":
        with path.open(encoding=encoding, errors="replace") as file:
            for line in file:
                yield line.rstrip("\r\n").encode()
        return
    with path.open("rb") as file:
        for line in file:
            yield from line.removeprefix(codecs.BOM_UTF8).rstrip(b"\r\n").split(b"\r")


def _unfolded(lines):
    """Whole lines: what goes on behind a line end with a blank in front, or behind a soft line end of quoted-printable."""
    whole = None
    for line in lines:
        if whole is not None and line[:1] in (b" ", b"\t"):
            whole += line[1:] if len(whole) < LONGEST_LINE else b""
        elif whole is not None and whole.endswith(b"=") and b"QUOTED-PRINTABLE" in whole.partition(b":")[0].upper():
            whole = whole[:-1] + line if len(whole) < LONGEST_LINE else whole
        else:
            if whole:
                yield whole
            whole = line
    if whole:
        yield whole


def _property(line):
    """A line taken apart at the first colon outside of quotation marks."""
    quoted = False
    for place, letter in enumerate(line[:2000]):
        if letter == 0x22:
            quoted = not quoted
        elif letter == 0x3A and not quoted:
            head, raw = line[:place].decode("ascii", "replace"), line[place + 1 :]
            break
    else:
        return None
    name, *parts = head.split(";")
    group, _dot, bare = name.rpartition(".")
    words: dict[str, list[str]] = {}
    for part in parts:
        key, equals, value = part.partition("=")
        words.setdefault(key.upper() if equals else _kind_of(part), []).append((value if equals else part).strip('"'))
    return Property(bare.strip().upper(), group.casefold(), words, raw)


def _kind_of(word):
    """What a word without a key means, as version 2.1 writes them."""
    return "ENCODING" if word.upper() in ("QUOTED-PRINTABLE", "BASE64", "8BIT", "7BIT") else "TYPE"


class Reader:
    """Turns a card into the cells of a row."""

    def __init__(self, card: Card, encoding: str):
        self.card, self.encoding = card, encoding
        self.labels = {one.group: self._text(one).casefold() for one in card.all("X-ABLABEL") if one.group}

    def row(self) -> list[str]:
        """The cells, in the order of the columns."""
        company, department = [*self._parts("ORG"), "", ""][:2]
        phones, emails = self._phones(), list(dict.fromkeys(self._all("EMAIL")))
        mobile = next((number for kind, number in phones if kind == "mobile"), "")
        phone = next((number for kind, number in phones if kind == "phone"), "")
        further = [number for _kind, number in phones if number not in (mobile, phone)] + emails[1:]
        notes = [*self._all("NOTE"), *([_("Also: %(ways)s") % {"ways": ", ".join(further)}] if further else [])]
        return [
            self._name(), company, department, self._first("TITLE") or self._first("ROLE"), mobile, phone, next(iter(emails), ""),
            self._messenger("wechat", "weixin", "X-WECHAT", "X-WEIXIN"), self._messenger("qq", "tencent", "X-QQ", "X-TENCENT-QQ"),
            self._gender(), self._birthday(), self._address(), self._first("URL"), ",".join(self._all("CATEGORIES")), "\n".join(notes), self._uid(),
        ]  # fmt: skip

    def _name(self):
        if full := self._first("FN"):
            return full
        family, given, *_more = [*self._parts("N"), "", ""]
        return family + given if HAN.search(family + given) else f"{given} {family}".strip()

    def _phones(self):
        """Numbers as (mobile or phone, number), each once; faxes are no way to talk to anybody."""
        found = []
        for one in self.card.all("TEL"):
            types = one.types | {self.labels.get(one.group, "").strip("_$!<>")}
            number = self._text(one).removeprefix("tel:").replace(";ext=", "-").strip()
            if number and "fax" not in " ".join(types):
                is_mobile = MOBILE.fullmatch(re.sub(r"[\s().-]", "", number[:40])) or (types & {"cell", "mobile", "iphone"} and not number.startswith("0"))
                found.append(("mobile" if is_mobile else "phone", number))
        return list(dict.fromkeys(found))

    def _address(self):
        """The first address as one writes it: the largest part first in Chinese, last elsewhere."""
        for one in self.card.all("ADR"):
            box, extra, street, city, region, _code, _country = [*self._split(one, ";"), *[""] * 7][:7]
            if whole := "".join([street, city, region, box, extra]):
                return f"{region}{city}{street}{extra}{box}" if HAN.search(whole) else ", ".join(part for part in (street, extra, city, region) if part)
        return ""

    def _birthday(self):
        found = DAY.match(self._first("BDAY"))
        return "-".join(found.groups()) if found and found[1] != "1604" else ""

    def _gender(self):
        return {"m": "male", "f": "female", "男": "male", "女": "female", "male": "male", "female": "female", "1": "female", "2": "male"}.get(
            (self._first("GENDER") or self._first("X-GENDER")).partition(";")[0].casefold(), ""
        )

    def _messenger(self, *words):
        for one in self.card.all(*[word for word in words if word.startswith("X-")]):
            if text := self._text(one):
                return text
        for one in self.card.all("IMPP", "X-SOCIALPROFILE"):
            services = " ".join([*one.types, *one.words.get("X-SERVICE-TYPE", []), self.labels.get(one.group, ""), self._text(one).partition(":")[0]])
            if any(word in services.casefold() for word in words if not word.startswith("X-")):
                return self._text(one).rpartition(":")[2].rpartition("/")[2]
        return ""

    def _uid(self):
        return self._first("UID").removeprefix("urn:uuid:")

    def _first(self, name):
        return next(iter(self._all(name)), "")

    def _all(self, name):
        return [text for one in self.card.all(name) if (text := self._text(one))]

    def _parts(self, name):
        return next((self._split(one, ";") for one in self.card.all(name)), [])

    def _text(self, one):
        return " ".join(self._split(one, None)).strip() if one.name != "NOTE" else self._split(one, None)[0].strip()

    def _split(self, one, mark):
        """The value in letters, cut at the mark where no backslash stands before it."""
        text, parts, escaped = self._decoded(one)[:LONGEST_VALUE], [""], False
        for letter in text:
            if escaped:
                parts[-1] += self._unescaped(letter)
                escaped = False
            elif letter == "\\":
                escaped = True
            elif letter == mark:
                parts.append("")
            else:
                parts[-1] += letter
        return [part.strip() for part in parts]

    def _unescaped(self, letter):
        """What a backslash and this letter stand for; version 2.1 knows no line ends."""
        if letter in "\\;,:":
            return letter
        return "\n" if letter in "nN" and not self.card.version.startswith("2") else f"\\{letter}"

    def _decoded(self, one):
        raw, ways = one.raw, {word.upper() for word in one.words.get("ENCODING", [])}
        if "QUOTED-PRINTABLE" in ways:
            raw = quopri.decodestring(raw)
        elif ways & {"B", "BASE64"}:
            try:
                raw = binascii.a2b_base64(raw)
            except binascii.Error:
                return ""
        names = [*one.words.get("CHARSET", []), "utf-8", self.encoding if self.encoding != "utf-16" else "utf-8", FALLBACK]
        for name in names:
            try:
                return raw.decode("gb18030" if name.casefold() in ("gb2312", "gbk") else name)
            except (UnicodeDecodeError, LookupError):
                continue
        return raw.decode("utf-8", "replace")
