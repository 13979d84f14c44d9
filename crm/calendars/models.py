"""Calendars an administrator keeps: weekly hours, lunch breaks, holidays, half days and make-up workdays."""

from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from crm.calendars.hours import MIDNIGHT
from crm.calendars.publicdays import Country, DayKind


class Weekday(models.IntegerChoices):
    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


def known_timezone(name: str) -> None:
    """Refuse what is no place on the map of time zones."""
    if name not in available_timezones():
        raise ValidationError(_("There is no time zone of this name. Write it like Asia/Shanghai."))


class Calendar(models.Model):
    """Somebody's working hours; one calendar is the company's own."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    timezone = models.CharField(_("time zone"), max_length=40, default="Asia/Shanghai", validators=[known_timezone])
    country = models.CharField(_("public holidays"), max_length=2, choices=Country, default=Country.CN, blank=True)
    is_default = models.BooleanField(_("company calendar"), default=False)
    # Set by a trigger whenever the calendar, its hours or its exceptions change, by whatever path.
    changed_at = models.DateTimeField(_("changed"), editable=False, db_default=Now())

    class Meta:
        verbose_name = _("calendar")
        verbose_name_plural = _("calendars")
        ordering = ["-is_default", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"],
                condition=Q(is_default=True),
                name="calendar_one_default",
                violation_error_message=_("There is a company calendar already."),
            ),
        ]

    def __str__(self):
        return self.name


class WorkPeriod(models.Model):
    """Work from one time to another on a weekday; a lunch break lies between two periods."""

    calendar = models.ForeignKey(Calendar, models.CASCADE, related_name="periods", verbose_name=_("calendar"))
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday)
    start = models.TimeField(_("from"))
    end = models.TimeField(_("until"), help_text=_("00:00 is the end of the day."))

    class Meta:
        verbose_name = _("working hours")
        verbose_name_plural = _("working hours")
        ordering = ["weekday", "start"]
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="work_period_weekday"),
            models.CheckConstraint(
                condition=Q(end__gt=F("start")) | Q(end=MIDNIGHT),
                name="work_period_ends_after_start",
                violation_error_message=_("The end must come after the start."),
            ),
            models.UniqueConstraint(fields=["calendar", "weekday", "start"], name="work_period_once"),
        ]

    def __str__(self):
        return f"{self.get_weekday_display()} {self.start:%H:%M}–{self.end:%H:%M}"


class DayOverride(models.Model):
    """One date that differs from its weekday and from the public holidays."""

    calendar = models.ForeignKey(Calendar, models.CASCADE, related_name="overrides", verbose_name=_("calendar"))
    date = models.DateField(_("date"))
    kind = models.CharField(_("kind"), max_length=8, choices=DayKind)
    name = models.CharField(_("name"), max_length=60, blank=True)
    start = models.TimeField(_("from"), null=True, blank=True)
    end = models.TimeField(
        _("until"),
        null=True,
        blank=True,
        help_text=_("Without times: the usual hours, or the usual morning of a half day."),
    )

    class Meta:
        verbose_name = _("exception")
        verbose_name_plural = _("exceptions")
        ordering = ["date"]
        constraints = [
            models.UniqueConstraint(fields=["calendar", "date"], name="day_override_once"),
            models.CheckConstraint(condition=Q(kind__in=DayKind.values), name="day_override_kind"),
            models.CheckConstraint(
                condition=Q(start__isnull=True, end__isnull=True) | Q(Q(end__gt=F("start")) | Q(end=MIDNIGHT), start__isnull=False, end__isnull=False),
                name="day_override_ends_after_start",
                violation_error_message=_("Give both times, the end after the start, or none."),
            ),
        ]

    def __str__(self):
        return f"{self.date} {self.get_kind_display()}"
