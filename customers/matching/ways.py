"""Telephone numbers, mail addresses and web sites as they are compared."""

import re
from enum import IntEnum
from functools import lru_cache

import numpy as np
from rapidfuzz.distance import OSA

from crm.core.errors import Invalid
from crm.core.ids import domain_of, is_public_mail
from crm.core.phones import parse as parse_phone
from crm.core.text import narrow, squash

BETWEEN_NUMBERS = re.compile(r"\s*[/;；、,，|\n]\s*|\s{2,}|(?<=\d{7})\s+(?=1[3-9]\d{9}|0\d{2,3}[-\s]?\d{7})")
MOBILE = re.compile(r"\+861[3-9]\d{9}")
OFFICE = re.compile(
    r"(?:info|sales?|service|services|office|admin|market(?:ing)?|hr|contact|support|mail|post|hello|shop|order|finance|caiwu|kefu|xiaoshou|company|public|web(?:master)?)\d*"
)
DIGITS = re.compile(r"\d")
SHORTEST = 7  # digits; less is an extension or a slip
# What a number has lost for good: the middle is hidden, or a spreadsheet has shortened it.
BROKEN = re.compile(r"\d[*xX·]{2,}\d|\de\+?\d", re.IGNORECASE)
MOBILE_DIGITS = re.compile(r"(?:00?86|86|0)?(1[3-9]\d{9})")
# A digit too few or too many: no number any more, but still known as somebody's own.
NEARLY_MOBILE = re.compile(r"1[3-9]\d{8}|1[3-9]\d{10}")
WECHAT = re.compile(r"[a-z][a-z0-9_-]{5,19}")


@lru_cache(maxsize=200_000)
def phones(text: str) -> tuple[str, ...]:
    """Every number written in a cell, in its stored form; digits as they stand where no number can be read from them."""
    found = dict.fromkeys(number for part in BETWEEN_NUMBERS.split(narrow(text)) if (number := _phone(part.strip())))
    return tuple(found)


def _phone(part):
    try:
        return parse_phone(part).e164
    except Invalid:
        return _digits(part)


def _digits(part):
    """What can be made of a cell that holds no plain number: a mobile with marks around it ('138…), else the bare digits."""
    if BROKEN.search(part):
        return ""
    digits = re.sub(r"\D", "", part)
    if found := MOBILE_DIGITS.fullmatch(digits):
        return "+86" + found[1]
    return digits if len(digits) >= SHORTEST else ""


def is_mobile(number: str) -> bool:
    """Whether a stored number is somebody's own rather than a firm's."""
    return bool(MOBILE.fullmatch(number))


def is_nearly_mobile(number: str) -> bool:
    """Whether it was a mobile number before somebody left a digit out or typed one twice."""
    return bool(NEARLY_MOBILE.fullmatch(number))


def is_personal(address: str) -> bool:
    """Whether a mail address is somebody's own: info@ and sales@ are read by whoever is in."""
    return bool(address) and not OFFICE.fullmatch(address.partition("@")[0])


def mail(text: str) -> str:
    """A mail address as it is compared; empty where none can be read."""
    plain = squash(text).removeprefix("mailto:")
    return plain if plain.count("@") == 1 else ""


class Mail(IntEnum):
    """How two mail addresses stand to each other."""

    SAME = 1
    SLIP = 2
    ELSEWHERE = 3
    OTHER = 4


def mails_apart(one, other):
    """For lists of different addresses: one slip apart, at different hosts (at work and at home), or two boxes of one firm, as two people have.

    A digit more or less is another box, no slip: liwei2@ is not liwei@.
    """
    return np.array([_mail_apart(a, b) for a, b in zip(one, other, strict=True)], dtype=np.int8)


def _mail_apart(one, other):
    if OSA.distance(one, other, score_cutoff=1) <= 1 and DIGITS.findall(one) == DIGITS.findall(other):
        return Mail.SLIP
    host, hers = one.partition("@")[2], other.partition("@")[2]
    return Mail.OTHER if host == hers and not is_public_mail(host) else Mail.ELSEWHERE


def domain(text: str) -> str:
    """The domain of a web site or of a mail address; empty for mail providers everybody uses."""
    host = domain_of(text)
    return "" if is_public_mail(host) else host


def wechat(text: str, *elsewhere: str) -> str:
    """A WeChat account, from its own cell or from one where it stands by mistake; empty for a mobile number (that is compared as one) and for “同手机”."""
    for cell in (text, *elsewhere):
        if (plain := squash(cell)) and WECHAT.fullmatch(plain):
            return plain
    return ""
