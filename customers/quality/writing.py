"""How names and other texts are written in this house: pure functions, each of which loses nothing."""

import re

from crm.core.text import BLANK, INVISIBLE

HAN = "\u3400-\u9fff"
_INVISIBLE = re.compile(f"[{INVISIBLE}\x00]")
_BLANKS = re.compile(f"[{BLANK}]+")
_BETWEEN_HAN = re.compile(f"(?<=[{HAN}（）]) (?=[{HAN}（）])")
# Letters, digits and the marks that stand within Latin words; Chinese punctuation stays as wide as it is.
_NARROW = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), *map(ord, "＆＋－．／＠＃％＿"))}
_BRACKETED = re.compile(r"\s*[(（]([^()（）]*)[)）]\s*")


def plain(text: str) -> str:
    """Letters and digits half wide, invisible marks gone, single blanks, none at the ends."""
    return _BLANKS.sub(" ", _INVISIBLE.sub("", text.translate(_NARROW))).strip(" ")


def company_name(text: str) -> str:
    """The name of a firm as registers write it: 恒立达(上海)科技　有限公司 → 恒立达（上海）科技有限公司; ACME (China) Ltd. stays Latin."""
    narrow = plain(text)
    if not re.search(f"[{HAN}]", narrow):
        return _BRACKETED.sub(lambda found: f" ({found[1].strip()}) ", narrow).strip(" ")
    wide = _BRACKETED.sub(lambda found: f"（{found[1].strip()}）", narrow)
    return _BETWEEN_HAN.sub("", wide)


def person_name(text: str) -> str:
    """The name of a person: 周　建明 → 周建明; Anna  Smith → Anna Smith."""
    return _BETWEEN_HAN.sub("", plain(text))
