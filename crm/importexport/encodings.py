"""In which characters a text file is written: told by its mark, by its zero bytes, or by which reading makes sense of it."""

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from crm.importexport.refusals import refused

BLOCK = 1 << 20
HEAD = 64 * 1024
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# How files begin that are no table, whatever they are called.
OTHERS = (b"\x89PNG", b"%PDF", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"\x7fELF", b"MZ\x90", b"RIFF", b"BM6")
CONTROL = re.compile(rb"[\x01-\x08\x0e-\x19\x1b\x1c\x1d\x1e]")
PAIRS = re.compile(rb"[\x00-\x80\xff]|([\x81-\xfe])([\x30-\x39]([\x81-\xfe][\x30-\x39])?|[\x40-\xfe])", re.DOTALL)
# A broken letter to so many whole ones: more than this, and the file is not in that encoding at all.
WHOLE_TO_BROKEN = 20


@dataclass(frozen=True)
class Encoding:
    """The name of an encoding, and whether broken letters are passed over; `lines` is how many lines the file has in it."""

    name: str
    errors: str
    lines: int


def encoding_of(path: Path) -> Encoding:
    """The encoding of a text file; refuse what is no text or cannot be read."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    if head.startswith(OTHERS):
        raise refused("not_a_table")
    marked = next((name for mark, name in MARKS if head.startswith(mark)), None) or _wide(head)
    if marked is None and len(CONTROL.findall(head)) + head.count(b"\0") > len(head) // 100:
        raise refused("not_a_table")
    for name in [marked] if marked else ["utf-8", *_chinese(head)]:
        for errors in ("strict", "replace") if name in ("utf-8", "utf-8-sig") else ("strict",):
            lines = _lines(path, name, errors)
            if lines is not None:
                return Encoding(name, errors, lines)
    raise refused("encoding")


def _wide(head):
    """UTF-16 without a mark: every second byte of commas, digits and line ends is zero."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if even + odd < max(len(head) // 100, 3) or b"\0\0\0" in head:
        return None
    if odd > 10 * even:
        return "utf-16-le"
    return "utf-16-be" if even > 10 * odd else None


def _chinese(head):
    """GB18030 and Big5 in the order in which they make sense: each is nearly always made of its own common characters.

    Common characters lie in GB2312 between B0A1 and D7FE with second bytes from A1 on, in Big5 between A440 and C67E.
    """
    common_gb = common_big5 = 0
    for pair in PAIRS.finditer(head):
        first, second = pair[1], pair[2]
        if first is None:
            continue
        if pair[3] is not None:
            return ["gb18030", "cp950"]
        common_gb += b"\xb0" <= first <= b"\xd7" and second >= b"\xa1"
        common_big5 += b"\xa4" <= first <= b"\xc6" and (second >= b"\xa1" or b"\x40" <= second <= b"\x7e")
    return ["cp950", "big5hkscs", "gb18030"] if common_big5 > common_gb else ["gb18030", "cp950"]


def _lines(path, encoding, errors):
    """How many lines the whole file has in this encoding; None when it is not written in it."""
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    lines = whole = broken = 0
    try:
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                text = decoder.decode(block)
                lines += text.count("\n")
                if errors == "replace":
                    broken += text.count("\ufffd")
                    whole += sum(letter > "\x80" for letter in text) if not text.isascii() else 0
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return None
    return lines if whole >= broken * (WHOLE_TO_BROKEN + 1) else None
