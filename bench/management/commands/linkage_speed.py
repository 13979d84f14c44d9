"""`manage.py linkage_speed --rows N`: the search for duplicates among N companies, in a process of its own."""

import json
from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand

from bench.linkage import speed


class Command(BaseCommand):
    """Prints CPU seconds of each step, pairs and peak memory as one line of JSON; the sheet is made on the first call."""

    help = __doc__
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--rows", type=int, default=100_000)
        parser.add_argument("--prepare", action="store_true", help="only make the sheet")

    def handle(self, *args, rows, prepare, **options):
        path = speed.sheet_of(rows, Path(settings.DATA_DIR) / "bench")
        if not prepare:
            self.stdout.write(json.dumps(speed.measure(path)))
