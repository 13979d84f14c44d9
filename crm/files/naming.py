"""The name a file is kept under: what people see, without what could mislead them or a disk."""

import re
import unicodedata

from crm.files.refusals import refused

LONGEST = 150
# Control characters, and those that turn the direction of writing: "photo\u202egnp.exe" reads as a picture.
HIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")
FORBIDDEN = re.compile(r'[<>:"|?*]')


def clean_name(name: str) -> str:
    """The last part of a path, without hidden characters, at most 150 long with its ending kept."""
    name = HIDDEN.sub("", unicodedata.normalize("NFC", name or "")).replace("\\", "/").rpartition("/")[2]
    name = FORBIDDEN.sub("_", re.sub(r"\s+", " ", name)).strip(" .")
    if not name:
        raise refused("nameless")
    stem, dot, ending = name.rpartition(".")
    if len(name) > LONGEST and dot and len(ending) <= 10:
        name = f"{stem[: LONGEST - len(ending) - 1].rstrip()}.{ending}"
    return name[:LONGEST]
