"""`manage.py linkage_trial companies|contacts --out FOLDER`: a sheet with known duplicates, and how well a list of pairs finds them."""

import csv
from pathlib import Path

from django.core.management import BaseCommand, CommandError

from bench.linkage import report
from bench.linkage.firms import company_sheet
from bench.linkage.people import contact_sheet
from bench.linkage.trial import Trial
from bench.linkage.truth import read_pairs, read_truth

SHEETS = {"companies": company_sheet, "contacts": contact_sheet}


class Command(BaseCommand):
    """Writes rows.csv, truth.csv and notes.csv, the same for a seed everywhere; with --score it reads them and judges PAIRS.csv."""

    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("kind", choices=SHEETS)
        parser.add_argument("--rows", type=int, default=20_000)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--unseen", action="store_true", help="the other half of the vocabulary, and corruptions the seen half never uses")
        parser.add_argument("--narrow", action="store_true", help="only the columns that every list has, and one for numbers")
        parser.add_argument("--vocabulary", type=Path, help="a folder with the large lists of names and divisions")
        parser.add_argument("--english", action="store_true", help="English headers")
        parser.add_argument("--out", type=Path, required=True)
        parser.add_argument("--score", type=Path, metavar="PAIRS.csv", help="judge these pairs by the truth in --out, write nothing but errors.csv there")
        parser.add_argument("--threshold", type=float, default=float("-inf"), help="pairs below this score are left out of the clusters")

    def handle(self, *args, score, **options):
        if score:
            self.judge(score, options["out"], options["threshold"])
        else:
            self.write(**options)

    def write(self, *, kind, rows, seed, unseen, narrow, vocabulary, english, out, **options):
        """Make the sheet."""
        if vocabulary and not vocabulary.is_dir():
            raise CommandError(f"{vocabulary} is no folder.")
        SHEETS[kind](rows, seed, Trial(unseen, narrow), vocabulary=vocabulary, english=english).write(out)
        self.stdout.write(f"{rows} rows in {out / 'rows.csv'}")

    def judge(self, path, folder, threshold):
        """Print the scores and leave the errors beside the truth."""
        truth = read_truth(folder)
        try:
            pairs = read_pairs(path, truth)
        except (KeyError, ValueError) as error:
            raise CommandError(f"{path}: {error}") from error
        for line in report.lines(truth, pairs, threshold):
            self.stdout.write(line)
        with (folder / "rows.csv").open(encoding="utf-8-sig", newline="") as stream:
            rows = {row[0]: " | ".join(row[1:]) for row in csv.reader(stream)}
        report.write_errors(truth, pairs, rows, folder / "errors.csv", threshold)
