"""How long the bin keeps things."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.core.kept import Kept

__all__ = ["BinSetting"]

DAYS = 60
# A bulk deletion can be taken back for so long.
LEAST = 30


class BinSetting(models.Model):
    """After how many days in the bin a record is removed for good; without a row after sixty."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    days = models.PositiveSmallIntegerField(
        _("days in the bin"),
        default=DAYS,
        validators=[MinValueValidator(LEAST), MaxValueValidator(3650)],
        help_text=_("Afterwards it is removed for good, with its files. What happened stays in the log."),
    )

    class Meta:
        verbose_name, verbose_name_plural = _("setting of the bin"), _("settings of the bin")
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="one_bin_setting"),
            models.CheckConstraint(condition=models.Q(days__gte=LEAST), name="bin_keeps_a_month"),
        ]

    def __str__(self):
        return str(self._meta.verbose_name)


# Read by every page of the bin.
days_kept = Kept(lambda: BinSetting.objects.values_list("days", flat=True).first() or DAYS)
