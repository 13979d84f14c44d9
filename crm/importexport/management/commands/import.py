"""`manage.py import KIND FILE`: the same import as on the page, for one who sits at the machine."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand
from django.utils import translation

from crm.accounts.models import User
from crm.core import clock, context, garbage
from crm.core.errors import Refusal
from crm.importexport import files, services
from crm.importexport.checking import tried
from crm.importexport.importers import importers
from crm.importexport.intake import CREATE, MODES
from crm.importexport.reading import chunks
from crm.importexport.reports import empty_report, report_of, report_of_trial
from crm.importexport.runs import CHUNK, intake_of, sheet_of
from crm.importexport.workbook import kept_open
from crm.jobs import services as jobs

TAKEN, SOME_REJECTED, NOT_USED = 0, 1, 2


class Command(BaseCommand):
    """Import a spreadsheet. Exit code 0: every row was taken; 1: some were rejected; 2: the file could not be used."""

    requires_system_checks = ()
    help = "Import a spreadsheet of one kind; good rows are kept, the others are reported with the reason."

    def add_arguments(self, parser):
        parser.add_argument("kind", help="one of: " + " ".join(sorted(name for name, _one in importers.items())))
        parser.add_argument("file", help="CSV, XLSX or XLS")
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")
        parser.add_argument("--mapping", metavar="FILE", help="JSON: which column means which field")
        parser.add_argument("--report", metavar="OUT.json", help="write what became of the rows")
        parser.add_argument("--as", dest="user", metavar="USER", help="whose import it is (the system's own unless said otherwise)")
        parser.add_argument("--mode", choices=MODES, default=CREATE)
        parser.add_argument("--key", default="external_id", metavar="FIELD", help="by which field a row finds its record when it may change one")
        parser.add_argument("--sheet", default="", metavar="NAME", help="which sheet of the workbook")
        parser.add_argument("--header-row", type=int, metavar="N", help="the row that names the columns, where another one would be taken for it")
        parser.add_argument("--header-depth", type=int, choices=range(4), metavar="N", help="how many rows name the columns; 0 when none does")

    def handle(self, **options):
        self.started = clock.monotonic()
        garbage.settle_in()
        try:
            by = _person(options["user"])
            with translation.override(by.language or translation.get_language() or "zh-hans"), kept_open():
                report = self._import(by, options)
        except Refusal as refusal:
            report = empty_report({"code": refusal.code, "message": str(refusal)})
        if options["report"]:
            Path(options["report"]).write_text(json.dumps(report, ensure_ascii=False, indent=1, default=str), encoding="utf-8")
        self._say(report)
        code = NOT_USED if report["file_error"] else SOME_REJECTED if report["rejected"] else TAKEN
        if code:
            raise SystemExit(code)

    def _import(self, by, options):
        if options["kind"] not in importers:
            raise _unusable(f"There is no import of {options['kind']!r}.", "unknown_kind")
        mapping = _json(options["mapping"]) if options["mapping"] else None
        path = Path(options["file"])
        if not path.is_file():
            raise _unusable(f"There is no file {path}.", "no_file")
        choices = {"mapping": mapping, "mode": options["mode"], "key": options["key"] if options["mode"] != CREATE else ""}
        with context.coming_by("command"):
            header = {"row": options["header_row"], "depth": options["header_depth"]}
            run = services.receive(options["kind"], path, path.name, by=by, sheet=options["sheet"], **header)
            if options["dry_run"]:
                return self._try(run, by, choices)
            return self._run(run, by, choices)

    def _run(self, run, by, choices):
        run, job = services.start_here(run, by=by, **choices)
        jobs.work(job)
        job.refresh_from_db()
        run.refresh_from_db()
        if job.state != job.State.DONE:
            report = report_of(run)
            return report | {"file_error": {"code": "failed", "message": job.message or job.error or str(job.get_state_display())}}
        return report_of(run)

    def _try(self, run, by, choices):
        """Do everything and take it back, chunk by chunk."""
        try:
            services.settle(run, **choices)
            sheet, intake, rows = sheet_of(run), intake_of(run, by=by, trying=True), []
            if intake.speaks_of_itself:
                intake.foresee(sheet.lines())
            for lines in chunks(sheet.lines(), CHUNK):
                rows += tried(intake, lines)
            return report_of_trial(rows)
        finally:
            files.drop(run.token)
            run.delete()

    def _say(self, report):
        if report["file_error"]:
            self.stderr.write(report["file_error"]["message"])
        seconds = max(clock.monotonic() - self.started, 0.001)
        self.stdout.write(
            f"{report['rows']} rows: {report['created']} created, {report['updated']} updated, {report['skipped']} skipped, "
            f"{report['duplicates']} duplicates, {len({found['row'] for found in report['rejected']})} rejected; "
            f"{seconds:.1f} s, {report['rows'] / seconds:,.0f} rows/s"
        )
        for found in report["rejected"][:20]:
            self.stderr.write(f"row {found['row']}, {found['column']} {found['value']!r}: {found['message']}")


def _person(name):
    people = User.objects.with_rights()
    who = people.filter(username=name).first() if name else people.get(is_system=True)
    if who is None:
        raise _unusable(f"There is nobody with the user name {name!r}.", "unknown_user")
    return who


def _json(name):
    try:
        return json.loads(Path(name).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _unusable(f"The mapping {name} cannot be read: {error}", "bad_mapping") from error


def _unusable(message, code):
    return Refusal(message, code=code)
