"""The benchmark stands on top of the house and measures it from outside."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BenchConfig(AppConfig):
    """Brings `manage.py benchmark`."""

    name = "bench"
    verbose_name = _("Benchmark")
