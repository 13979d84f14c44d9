"""The days of the week in their short form."""

from django.utils.translation import pgettext


def short(day) -> str:
    """周二, Tue: of a date or a moment in the company's time."""
    names = (
        pgettext("weekday", "Mon"), pgettext("weekday", "Tue"), pgettext("weekday", "Wed"), pgettext("weekday", "Thu"),
        pgettext("weekday", "Fri"), pgettext("weekday", "Sat"), pgettext("weekday", "Sun"),
    )  # fmt: skip
    return names[day.weekday()]
