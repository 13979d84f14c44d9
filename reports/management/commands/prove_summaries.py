"""`manage.py prove_summaries`: whether the summaries say what the rows say."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from reports.kept import summaries


class Command(BaseCommand):
    help = "Compare the summaries of the funnel with the rows they are made of; exit 1 when they differ."

    def add_arguments(self, parser):
        parser.add_argument("--heal", action="store_true", help="make them anew where they differ")
        parser.add_argument("--rebuild", action="store_true", help="make all of them anew without comparing first")

    def handle(self, *, heal, rebuild, **options):
        if rebuild:
            summaries.rebuild()
        found = summaries.prove() if heal else summaries.differences()
        for name, cells in found.items():
            self.stdout.write(_("%(name)s: %(cells)d cells differ") % {"name": name, "cells": cells})
        if any(found.values()) and not heal:
            raise SystemExit(1)
