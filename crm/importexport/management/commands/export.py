"""`manage.py export KIND FILE`: the columns of the import back out."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from crm.accounts.models import User
from crm.core.errors import Refusal
from crm.importexport import sheets
from crm.importexport.importers import importers
from crm.importexport.writing import CSV, XLSX


class Command(BaseCommand):
    """Write all records of one kind into a spreadsheet that can be imported again."""

    requires_system_checks = ()
    help = "Export all records of one kind, with the columns of its import; CSV or XLSX by the name of the file."

    def add_arguments(self, parser):
        parser.add_argument("kind", help="one of: " + " ".join(sorted(name for name, one in importers.items() if one.exports)))
        parser.add_argument("file", help="a name that ends in .csv or .xlsx")
        parser.add_argument("--as", dest="user", metavar="USER", help="whose rights count (the system's own unless said otherwise)")

    def handle(self, **options):
        importer, path = importers.get(options["kind"]), Path(options["file"])
        form = path.suffix.lstrip(".").lower()
        if importer is None or not importer.exports:
            raise CommandError(f"There is no export of {options['kind']!r}.")
        if form not in (CSV, XLSX):
            raise CommandError("The name of the file ends in .csv or .xlsx.")
        people = User.objects.with_rights()
        by = people.filter(username=options["user"]).first() if options["user"] else people.get(is_system=True)
        if by is None:
            raise CommandError(f"There is nobody with the user name {options['user']!r}.")
        try:
            with translation.override(by.language or "zh-hans"):
                number = sheets.write(importer, path, form, by=by)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{number} rows written to {path}")
