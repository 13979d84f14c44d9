"""`manage.py import_speed`: only the imports of the benchmark, on copies of the database that the settings name."""

import json

from django.core.management import BaseCommand

from bench import bars
from bench.imports import trial


class Command(BaseCommand):
    """Prints the figures of the imports beside the bare COPY, the bars, and all of it as one line of JSON."""

    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--rows", type=int, default=trial.PEOPLE, help="how many people the sheet holds")
        parser.add_argument("--companies", type=int, default=trial.COMPANIES, help="at how many companies they are")

    def handle(self, *args, rows, companies, **options):
        found = trial.measure(self.stdout.write, rows, companies)
        for bar in bars.imports(found):
            self.stdout.write(str(bar))
        self.stdout.write(json.dumps(found))
