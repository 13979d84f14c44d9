"""Telephone numbers as people type them, brought into one stored form.

The rule for the mainland is PRODUCT A13.2: a mobile has 11 digits and starts 13–19; fixed lines, service numbers
and numbers abroad are kinds of their own, which the 11-digit rule does not touch.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers
from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from crm.core.errors import Invalid
from crm.core.text import fold

MAINLAND = "CN"
LONGEST = 60  # characters; far more than any writing of one number, and what keeps the patterns below quick


class Kind(models.TextChoices):
    MOBILE = "mobile", _("Mobile")
    LANDLINE = "landline", _("Fixed line")
    SERVICE = "service", _("Service number")
    FOREIGN = "foreign", _("Number abroad")


@dataclass(frozen=True, slots=True)
class Phone:
    """One number: `e164` is stored and compared, `digits` is what people search in, the extension stands apart."""

    kind: str
    e164: str
    digits: str
    extension: str = ""


MOBILE = re.compile(r"1[3-9]\d{9}")
SERVICE = re.compile(r"[48]00\d{7}|95\d{3,6}|96\d{3,6}|100\d{2}|12\d{3}")
LANDLINE = re.compile(r"(?:10|2\d)[2-9]\d{7}|[3-9]\d{2}[2-9]\d{6,7}")
AREA_CODE = re.compile(r"10|2\d|[3-9]\d{2}")

_SPREADSHEET = re.compile(r"\d(?:\.\d+)?e\+?\d+")
_WHOLE_FLOAT = re.compile(r"(\d{5,})\.0+")
_TWO_NUMBERS = re.compile(r"\d{7,}\s*[/;、,|]\s*\+?[\d\s-]{7,}|1[3-9]\d{9}\s+1[3-9]\d{9}")
_EXTENSION = re.compile(r"[\s;,]*(?:转接?|分机号?|ext(?:ension|n)?|x|#|,|;)[\s:：.=转分机号]*(\d{1,6})$")
_DASH_EXTENSION = re.compile(r"(.*\d)\s*-\s*(\d{1,6})")
# The form in which rooms store a number together with its extension; what was read once is read again.
_STORED = re.compile(r"(\+\d+);(\d{1,6})")
_DASHES = re.compile(r"[‐-―−ー~]")
_SEPARATORS = re.compile(r"[\s().\[\]{}·-]")


def parse(raw, region: str = MAINLAND) -> Phone:
    """Read a number as typed, pasted or taken from a sheet; refuse with a sentence that says what is wrong.

    `region` is the country whose numbers are written without a country code.
    """
    if region == MAINLAND and isinstance(raw, str) and MOBILE.fullmatch(raw) and raw.isascii():
        return Phone(Kind.MOBILE.value, "+86" + raw, raw)
    text = _readable(raw)
    if region != MAINLAND and not text.startswith(("+86", "0086")):
        return _abroad(text, region)
    text, extension = _without_extension(text)
    number = _bare(text)
    if number.startswith("+") and not number.startswith("+86"):
        return _abroad(number, None, extension)
    found = _mainland(number)
    if found is None and (cut := _DASH_EXTENSION.fullmatch(text)):
        found, extension = _mainland(_bare(cut[1])), cut[2]
    if found is None:
        raise _problem(number)
    kind, national = found
    digits = "0" + national if kind == Kind.LANDLINE else national
    return Phone(kind.value, "+86" + national, digits, extension)


def is_mainland_mobile(raw) -> bool:
    """Is this, however it is written, a mobile number of the mainland?"""
    try:
        return parse(raw).kind == Kind.MOBILE
    except Invalid:
        return False


def mask(e164: str) -> str:
    """The number with its middle hidden, for those who may not read it: 138 **** 7788, +852 **** 4567."""
    groups = national_groups(e164)
    if len(groups) == 1:
        return f"**** {e164[-2:]}"
    return f"{groups[0].split()[0]} **** {groups[-1][-4:]}"


@lru_cache(maxsize=4096)
def national_groups(e164: str) -> tuple[str, ...]:
    """The digits as one reads them aloud at home: 138 1234 7788, 010 6888 1234; a number abroad has +code in front."""
    if not e164.startswith("+86"):
        return _foreign_groups(e164)
    national = e164[3:]
    if MOBILE.fullmatch(national):
        return national[:3], national[3:7], national[7:]
    if SERVICE.fullmatch(national):
        return (national,) if len(national) < 10 else (national[:3], national[3:6], national[6:])
    area = AREA_CODE.match(national)
    if area is None:
        return (national,)
    local = national[area.end() :]
    return "0" + area[0], local[:-4], local[-4:]


def _readable(raw) -> str:
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    text = _DASHES.sub("-", fold(str(raw if raw is not None else ""))).removeprefix("tel:").strip()
    if not text:
        raise Invalid(_("The phone number is empty."), code="phone_empty")
    if len(text) > LONGEST:
        raise Invalid(_("This is not a phone number."), code="phone_not_a_number")
    if _SPREADSHEET.fullmatch(text):
        raise Invalid(
            format_lazy(
                _("Excel has shortened this number to {number} and its last digits are lost. Format the column as text and enter the number again."),
                number=text.upper(),
            ),
            code="phone_spreadsheet",
        )
    if _TWO_NUMBERS.search(text):
        raise Invalid(_("Two numbers in one field: enter each on its own."), code="phone_two_numbers")
    if whole := _WHOLE_FLOAT.fullmatch(text):
        return whole[1]
    return text


def _bare(text: str) -> str:
    """Digits only, with + where a country code follows."""
    number = _SEPARATORS.sub("", text)
    return "+" + number[2:] if number.startswith("00") else number


def _without_extension(text: str) -> tuple[str, str]:
    if stored := _STORED.fullmatch(text):
        return stored[1], stored[2]
    if found := _EXTENSION.search(text):
        return text[: found.start()], found[1]
    return text, ""


def _mainland(number: str) -> tuple[Kind, str] | None:
    """Kind and digits behind +86, or None where the number does not fit any plan."""
    national, abroad_form = _behind_country_code(number)
    if not national.isdecimal():
        return None
    bare = national.removeprefix("0")
    if MOBILE.fullmatch(bare):
        return Kind.MOBILE, bare
    if SERVICE.fullmatch(national):
        return Kind.SERVICE, national
    if LANDLINE.fullmatch(bare) and (abroad_form or bare != national or _has_known_area(bare)):
        return Kind.LANDLINE, bare
    return None


def _behind_country_code(number: str) -> tuple[str, bool]:
    if number.startswith("+86"):
        return number[3:], True
    if number.startswith("86") and len(number) > 11 and MOBILE.fullmatch(number[2:]):
        return number[2:], True
    return number, False


def _has_known_area(national: str) -> bool:
    """A fixed line whose leading 0 a spreadsheet has eaten is taken only when its area code exists."""
    return phonenumbers.is_valid_number(phonenumbers.PhoneNumber(country_code=86, national_number=int(national)))


def _problem(number: str) -> Invalid:
    national, _abroad_form = _behind_country_code(number)
    if not national.isdecimal():
        return Invalid(_("This is not a phone number."), code="phone_not_a_number")
    count = len(national)
    if national.startswith(("400", "800")):
        return _length("phone_service_length", _("{needed} digits needed for a 400 or 800 number, {given} given"), 10, count)
    if national.startswith("1"):
        if count != 11:
            return _length("phone_mobile_length", _("{needed} digits needed, {given} given"), 11, count)
        return Invalid(_("A mainland mobile number starts with 13 to 19."), code="phone_mobile_prefix")
    if 7 <= count <= 8 and not national.startswith("0"):
        return Invalid(_("The area code is missing, for example 010-68881234."), code="phone_area_code")
    return Invalid(_("This is no mainland number. A number abroad starts with + and its country code."), code="phone_unknown")


def _length(code: str, sentence, needed: int, given: int) -> Invalid:
    return Invalid(format_lazy(sentence, needed=needed, given=given), code=code, facts={"needed": needed, "given": given})


def _abroad(text: str, region: str | None, extension: str = "") -> Phone:
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException as error:
        raise Invalid(_("This is not a phone number."), code="phone_not_a_number") from error
    if not phonenumbers.is_possible_number(number):
        raise Invalid(
            format_lazy(_("Numbers of +{code} do not have this many digits."), code=number.country_code),
            code="phone_foreign_length",
            facts={"country_code": number.country_code},
        )
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return Phone(Kind.FOREIGN.value, e164, e164[1:], extension or number.extension or "")


def _foreign_groups(e164: str) -> tuple[str, ...]:
    try:
        number = phonenumbers.parse(e164, None)
    except phonenumbers.NumberParseException:
        return (e164,)
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    code, *groups = re.split(r"[\s-]+", written)
    return f"{code} {groups[0]}", *groups[1:]
