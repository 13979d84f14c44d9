"""`manage.py clean_data`: clean the data of the house now, as the weekly run does."""

import json
import time
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand

from crm.core import context
from crm.core.errors import Refusal
from crm.jobs import services as jobs
from crm.jobs.models import Job
from customers.quality import report, services

LOOK_EVERY = 0.5  # seconds


class Command(BaseCommand):
    """Standardise what loses nothing, propose the rest; with --dry-run nothing is written and everything is counted."""

    help = "Clean the data: applies what loses nothing, proposes the rest. --dry-run only counts."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="look and count, write nothing")
        parser.add_argument("--kinds", nargs="+", default=[], metavar="RULE", help="only these rules; see --list")
        parser.add_argument("--json", metavar="OUT", nargs="?", const="-", help="the counts as JSON, into a file or on the screen")
        parser.add_argument("--list", action="store_true", help="show the rules")

    def handle(self, dry_run, kinds, json, list, **options):
        if list:
            self.stdout.write("\n".join(f"{code:28} {rule.label}" for code, rule in services.rules.items()))
            return
        try:
            run = self._run(dry_run, kinds)
        except Refusal as refusal:
            self.stderr.write(str(refusal))
            raise SystemExit(2) from refusal
        self._tell(report.counts_of(run), run, json)

    def _run(self, dry_run, kinds):
        system = get_user_model().objects.get(is_system=True)
        with context.coming_by("command"):
            run = services.start(by=system, wanted=kinds, trial=dry_run)
            if job := jobs.claim(run.job_id):
                jobs.work(job)
            # A worker may have been quicker: then the job is in its hands, and its end is waited for.
            while not Job.objects.get(pk=run.job_id).is_over:
                time.sleep(LOOK_EVERY)
        run.refresh_from_db()
        return run

    def _tell(self, counts, run, wanted):
        if wanted:
            text = json.dumps({"run": run.pk, "state": run.state, "looked": run.looked, "rules": counts}, ensure_ascii=False, indent=1)
            if wanted == "-":
                self.stdout.write(text)
            else:
                Path(wanted).write_text(text + "\n", encoding="utf-8")
            return
        self.stdout.write(f"{run.looked:,} records looked at")
        for code, states in counts.items():
            self.stdout.write(f"{code:28} " + ", ".join(f"{count:,} {state}" for state, count in states.items()))
