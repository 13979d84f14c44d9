"""Which days a country's government has made holidays or make-up workdays (the `holidays` package)."""

from dataclasses import dataclass
from datetime import date
from functools import cache

import holidays
from django.db import models
from django.utils.translation import gettext_lazy as _


class DayKind(models.TextChoices):
    HOLIDAY = "holiday", _("Day off")
    WORKDAY = "workday", _("Make-up workday")
    HALF = "half", _("Half day")


class Country(models.TextChoices):
    """Whose public days a calendar follows before its own exceptions."""

    CN = "CN", _("Mainland China")
    HK = "HK", _("Hong Kong")
    MO = "MO", _("Macau")
    TW = "TW", _("Taiwan")

    __empty__ = _("None")


LANGUAGES = {"CN": "zh_CN", "HK": "zh_HK", "MO": "zh_MO", "TW": "zh_TW"}


@dataclass(frozen=True, slots=True)
class PublicDay:
    on: date
    kind: str
    name: str


@cache
def public_days(country: str, year: int) -> dict[date, PublicDay]:
    """The public days of a year by date, names in the country's own language. Empty without a country.

    Make-up workdays are known once the government has announced them, which is in the November before.
    """
    if not country:
        return {}
    known = holidays.country_holidays(country, years=year, language=LANGUAGES[country])
    days = {on: PublicDay(on, DayKind.HOLIDAY.value, name) for on, name in known.items() if on.year == year}
    for on in known.weekend_workdays:
        if on.year == year:
            days[on] = PublicDay(on, DayKind.WORKDAY.value, "")
    return days
