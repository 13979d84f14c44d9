"""Which files may be kept: those that are documents by their name and by their first bytes.

A name alone proves nothing, and the type a browser states even less. The list is closed: programs, scripts, shortcuts,
disk images and web pages are none of these, so that what lies here cannot be run by a colleague's double click.
"""

import re
from typing import NamedTuple

from crm.files.refusals import refused

HEAD = 4096


class Kind(NamedTuple):
    """A kind of file: its media type, and what its content begins with, at which place."""

    media_type: str
    begins: tuple[bytes, ...] = ()
    at: int = 0


ZIP, OLE = (b"PK\x03\x04", b"PK\x05\x06"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",)
_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
KINDS = {
    "pdf": Kind("application/pdf", (b"%PDF-",)),
    "doc": Kind("application/msword", OLE),
    "xls": Kind("application/vnd.ms-excel", OLE),
    "ppt": Kind("application/vnd.ms-powerpoint", OLE),
    "msg": Kind("application/vnd.ms-outlook", OLE),
    "docx": Kind(_OFFICE + "wordprocessingml.document", ZIP),
    "xlsx": Kind(_OFFICE + "spreadsheetml.sheet", ZIP),
    "pptx": Kind(_OFFICE + "presentationml.presentation", ZIP),
    "odt": Kind(_OPEN + "text", ZIP),
    "ods": Kind(_OPEN + "spreadsheet", ZIP),
    "odp": Kind(_OPEN + "presentation", ZIP),
    # The office of many Chinese firms, and the format of official invoices there.
    "wps": Kind("application/vnd.ms-works", OLE + ZIP),
    "et": Kind("application/octet-stream", OLE + ZIP),
    "dps": Kind("application/octet-stream", OLE + ZIP),
    "ofd": Kind("application/ofd", ZIP),
    "zip": Kind("application/zip", ZIP),
    "rar": Kind("application/vnd.rar", (b"Rar!\x1a\x07",)),
    "7z": Kind("application/x-7z-compressed", (b"7z\xbc\xaf\x27\x1c",)),
    "png": Kind("image/png", (b"\x89PNG\r\n\x1a\n",)),
    "jpg": Kind("image/jpeg", (b"\xff\xd8\xff",)),
    "jpeg": Kind("image/jpeg", (b"\xff\xd8\xff",)),
    "gif": Kind("image/gif", (b"GIF87a", b"GIF89a")),
    "webp": Kind("image/webp", (b"WEBP",), at=8),
    "heic": Kind("image/heic", (b"ftyp",), at=4),
    "bmp": Kind("image/bmp", (b"BM",)),
    "tif": Kind("image/tiff", (b"II*\x00", b"MM\x00*")),
    "tiff": Kind("image/tiff", (b"II*\x00", b"MM\x00*")),
    "dwg": Kind("image/vnd.dwg", (b"AC10",)),
    "mp3": Kind("audio/mpeg", (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2")),
    "wav": Kind("audio/wav", (b"RIFF",)),
    "amr": Kind("audio/amr", (b"#!AMR",)),
    "m4a": Kind("audio/mp4", (b"ftyp",), at=4),
    "mp4": Kind("video/mp4", (b"ftyp",), at=4),
    "mov": Kind("video/quicktime", (b"ftyp", b"moov", b"wide", b"mdat"), at=4),
    # Text has no mark of its own: it holds no zero byte and is no web page. Handed out as plain text, whatever it is.
    "txt": Kind("text/plain"),
    "csv": Kind("text/csv"),
    "md": Kind("text/plain"),
    "eml": Kind("text/plain"),
    "xml": Kind("text/plain"),
    "vcf": Kind("text/vcard"),
    "ics": Kind("text/calendar"),
}
PICTURES = [KINDS[ending] for ending in ("png", "jpg", "gif", "webp", "heic", "bmp", "tif")]
OFFICE = [KINDS[ending] for ending in ("doc", "xls", "ppt", "docx", "xlsx", "pptx", "wps", "et", "dps", "odt", "ods", "odp")]
PROGRAMS = (b"MZ", b"\x7fELF", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"#!/", b"#! /", b"\x4c\x00\x00\x00\x01\x14\x02\x00")
PAGE = re.compile(rb"<\s*(?:!doctype\s+html|html|head|body|script|iframe|svg|object|embed|form)\b", re.IGNORECASE)


def kind_of(name: str, head: bytes) -> Kind:
    """The kind of a file by its name and the first bytes of its content; refused where it is none that may be kept."""
    kind = KINDS.get(name.rpartition(".")[2].lower()) if "." in name else None
    if head.startswith(PROGRAMS):
        raise refused("active")
    if kind is None:
        raise refused("unknown_kind")
    if not kind.begins:
        _refuse_other_than_text(head)
        return kind
    found = next((one for one in (kind, *_cousins(kind)) if _begins(head, one)), None)
    if found is None:
        raise refused("active" if PAGE.search(head) else "not_what_it_says")
    return found


def _begins(head, kind):
    return head[kind.at :].startswith(kind.begins)


def _cousins(kind):
    """Pictures and office documents go by each other's endings: a chat saves a PNG as .jpg, a locked DOCX is packed as a DOC."""
    for family in (PICTURES, OFFICE):
        if kind in family:
            return family
    return ()


def _refuse_other_than_text(head):
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = head.replace(b"\x00", b"") if wide else head
    if b"\x00" in text:
        raise refused("not_what_it_says")
    # A mail may hold a page: it is shown by a mail program, which knows how.
    if PAGE.search(text) and b"\nMIME-Version:" not in text and not text.startswith(b"MIME-Version:"):
        raise refused("active")
