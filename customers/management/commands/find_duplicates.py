"""`manage.py find_duplicates companies|contacts --output PAIRS.csv`: who is in the house twice."""

import csv
from pathlib import Path

from django.core.management.base import BaseCommand

from crm.importexport.writing import csv_cell
from customers.duplicates.finding import keep, pairs
from customers.duplicates.reading import subjects
from customers.matching import reasons
from customers.matching.sheets import HEADER


class Command(BaseCommand):
    """Search all records of a kind for duplicates; the pairs go into a file, and with --keep onto the list in the browser."""

    help = "Search all companies or contacts for duplicates; writes pairs with score, decision and reasons."

    def add_arguments(self, parser):
        parser.add_argument("kind", choices=[name for name, _subject in subjects.items()])
        parser.add_argument("--output", metavar="PAIRS.csv", type=Path, required=True)
        parser.add_argument("--keep", action="store_true", help="also put the pairs onto the list that people decide on")

    def handle(self, kind, output, **options):
        found = list(pairs(kind))
        with output.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(HEADER)
            writer.writerows(map(_line, found))
        if options["keep"]:
            keep(kind, found)
        self.stdout.write(f"{len(found):,} pairs in {output}")


def _line(pair):
    refs = [csv_cell(pair.left_ref), csv_cell(pair.right_ref)]
    return [pair.left_id, pair.right_id, *refs, f"{pair.score:.9f}", pair.decision, reasons.words(pair.reasons)]
