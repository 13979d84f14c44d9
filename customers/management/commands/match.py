"""`manage.py match FILE [FILE2]`: who is in a spreadsheet twice, or in both of two, before anything is imported."""

from django.core.management.base import BaseCommand

from crm.core.errors import Refusal
from customers.matching import sheets


class Command(BaseCommand):
    """Find duplicates in a spreadsheet of people or companies, or link two with each other; nothing is stored."""

    requires_system_checks = ()
    help = "Find duplicates in a spreadsheet of people or companies, or between two; writes pairs with score, decision and reasons."

    def add_arguments(self, parser):
        parser.add_argument("file", help="CSV, XLSX or XLS")
        parser.add_argument("file2", nargs="?", help="a second one, to be linked with the first")
        parser.add_argument("--id", dest="ids", action="append", metavar="COLUMN", help="the column that names a row; give it twice where the files differ")
        parser.add_argument("--mapping", metavar="FILE", help="JSON: header → what the column holds")
        parser.add_argument("--engine", choices=("own", "splink"), default="own", help="splink is an extra: requirements-splink.txt")
        parser.add_argument("--output", required=True, metavar="PAIRS.csv")

    def handle(self, file, file2, ids, mapping, engine, output, **options):
        try:
            wanted = sheets.mapping_of(mapping) if mapping else {}
            sources = [sheets.read(path, wanted) for path in (file, file2) if path]
            for source in sources:
                self.stdout.write(f"{source.name}: " + ", ".join(f"{column.header} → {column.kind or '–'}" for column in source.columns))
            headers = ((ids or [""]) * 2)[: len(sources)] if len(ids or []) < 2 else ids
            count = sheets.write(sheets.match(sources, engine), sources, headers, output)
        except Refusal as refusal:
            self.stderr.write(str(refusal))
            raise SystemExit(2) from refusal
        self.stdout.write(f"{sum(len(source.rows) for source in sources):,} rows, {count:,} pairs")
