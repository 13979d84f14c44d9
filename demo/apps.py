"""The demo company stands on top of the house: it uses the verbs of every floor, and no floor knows it."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DemoConfig(AppConfig):
    """Makes the job that loads the demo company known to the worker."""

    name = "demo"
    verbose_name = _("Demo company")

    def ready(self):
        import_module("demo.build")
