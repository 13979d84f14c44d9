"""Cards for telephones and mail programs: vCard 3.0 in UTF-8, which all of them read."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from crm.core.registry import Registry

VCF = "vcf"
CONTENT_TYPE = "text/vcard; charset=utf-8"
WIDTH = 75  # bytes of a line, its end not counted


@dataclass(frozen=True)
class Card:
    """One person: what is empty is left out. `ways` are (kind, value): mobile, phone, email, wechat or qq."""

    name: str
    company: str = ""
    department: str = ""
    position: str = ""
    ways: tuple[tuple[str, str], ...] = ()
    birthday: date | None = None
    gender: str = ""
    notes: str = ""
    tags: tuple[str, ...] = ()
    uid: str = ""


@dataclass(frozen=True)
class CardMaker:
    """How records of a noun become cards: `cards(rows, by)` gives them in the order of the rows, as the person may read them."""

    model: type
    cards: Callable[[list, object], Iterable[Card]]
    related: tuple[str, ...] = ()
    prefetch: tuple[str, ...] = ()


card_makers: Registry[CardMaker] = Registry("maker of cards")

LINES = {
    "mobile": "TEL;TYPE=CELL:{}", "phone": "TEL;TYPE=WORK,VOICE:{}", "email": "EMAIL;TYPE=INTERNET,WORK:{}", "wechat": "X-WECHAT:{}", "qq": "X-QQ:{}",
}  # fmt: skip


def write_cards(path: Path, cards: Iterable[Card]) -> None:
    """Write cards one behind the other."""
    with path.open("wb") as file:
        for card in cards:
            file.write(text_of(card).encode())


def text_of(card: Card) -> str:
    """One card in its written form."""
    lines = ["BEGIN:VCARD", "VERSION:3.0", f"FN:{escaped(card.name)}", f"N:{_parts(card.name)}"]
    if card.company or card.department:
        lines.append(f"ORG:{escaped(card.company)}" + (f";{escaped(card.department)}" if card.department else ""))
    lines += [f"TITLE:{escaped(card.position)}"] if card.position else []
    lines += [LINES[kind].format(escaped(value)) for kind, value in card.ways if kind in LINES]
    lines += [f"BDAY:{card.birthday.isoformat()}"] if card.birthday else []
    lines += [f"X-GENDER:{escaped(card.gender)}"] if card.gender else []
    lines += [f"NOTE:{escaped(card.notes)}"] if card.notes else []
    lines += ["CATEGORIES:" + ",".join(map(escaped, card.tags))] if card.tags else []
    lines += [f"UID:{escaped(card.uid)}"] if card.uid else []
    return "".join(f"{folded(line)}\r\n" for line in [*lines, "END:VCARD"])


def escaped(text: str) -> str:
    """A text in which marks of the format are said to be none."""
    plain = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return plain.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def folded(line: str) -> str:
    """A long line as several, no character cut in two."""
    pieces, width = [""], 0
    for letter in line:
        size = len(letter.encode("utf-8", "replace"))
        if width + size > WIDTH:
            pieces.append(" ")
            width = 1
        pieces[-1] += letter
        width += size
    return "\r\n".join(pieces)


def _parts(name):
    """Family name and given name: in Chinese the family name stands first, elsewhere last."""
    if " " in name.strip() and name.isascii():
        given, _blank, family = name.strip().rpartition(" ")
        return f"{escaped(family)};{escaped(given)};;;"
    return f";{escaped(name)};;;"
