"""Telephone numbers, mail addresses and web sites as they are compared."""

import re
from functools import lru_cache

from crm.core.errors import Invalid
from crm.core.ids import domain_of, is_public_mail
from crm.core.phones import parse as parse_phone
from crm.core.text import narrow, squash

BETWEEN_NUMBERS = re.compile(r"\s*[/;；、,，|\n]\s*|\s{2,}|(?<=\d{7})\s+(?=1[3-9]\d{9}|0\d{2,3}[-\s]?\d{7})")
MOBILE = re.compile(r"\+861[3-9]\d{9}")
OFFICE = re.compile(
    r"(?:info|sales?|service|services|office|admin|market(?:ing)?|hr|contact|support|mail|post|hello|shop|order|finance|caiwu|kefu|xiaoshou|company|public|web(?:master)?)\d*"
)
SHORTEST = 7  # digits; less is an extension or a slip


@lru_cache(maxsize=200_000)
def phones(text: str) -> tuple[str, ...]:
    """Every number written in a cell, in its stored form; digits as they stand where no number can be read from them."""
    found = dict.fromkeys(number for part in BETWEEN_NUMBERS.split(narrow(text)) if (number := _phone(part.strip())))
    return tuple(found)


def _phone(part):
    try:
        return parse_phone(part).e164
    except Invalid:
        digits = re.sub(r"\D", "", part)
        return digits if len(digits) >= SHORTEST else ""


def is_mobile(number: str) -> bool:
    """Whether a stored number is somebody's own rather than a firm's."""
    return bool(MOBILE.fullmatch(number))


def is_personal(address: str) -> bool:
    """Whether a mail address is somebody's own: info@ and sales@ are read by whoever is in."""
    return bool(address) and not OFFICE.fullmatch(address.partition("@")[0])


def mail(text: str) -> str:
    """A mail address as it is compared; empty where none can be read."""
    plain = squash(text).removeprefix("mailto:")
    return plain if plain.count("@") == 1 else ""


def domain(text: str) -> str:
    """The domain of a web site or of a mail address; empty for mail providers everybody uses."""
    host = domain_of(text)
    return "" if is_public_mail(host) else host
