"""`manage.py linkage_trial companies|contacts --out FOLDER`: a sheet with known duplicates, and how well a list of pairs finds them."""

from pathlib import Path

from django.core.management import BaseCommand, CommandError

from bench.linkage.firms import company_sheet
from bench.linkage.people import contact_sheet

SHEETS = {"companies": company_sheet, "contacts": contact_sheet}


class Command(BaseCommand):
    """Writes rows.csv, truth.csv and notes.csv, the same for a seed on every machine."""

    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("kind", choices=SHEETS)
        parser.add_argument("--rows", type=int, default=20_000)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--unseen", action="store_true", help="the other half of the vocabulary, and corruptions the seen half never uses")
        parser.add_argument("--vocabulary", type=Path, help="a folder with the large lists of names and divisions")
        parser.add_argument("--english", action="store_true", help="English headers")
        parser.add_argument("--out", type=Path, required=True)

    def handle(self, *args, kind, rows, seed, unseen, vocabulary, english, out, **options):
        if vocabulary and not vocabulary.is_dir():
            raise CommandError(f"{vocabulary} is no folder.")
        SHEETS[kind](rows, seed, unseen=unseen, vocabulary=vocabulary, english=english).write(out)
        self.stdout.write(f"{rows} rows in {out / 'rows.csv'}")
