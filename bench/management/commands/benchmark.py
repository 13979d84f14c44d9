"""`manage.py benchmark --scale N --json OUT`: build a firm of N customers in a database of its own and measure the pages."""

import json
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import BaseCommand, call_command
from django.db import connection, connections

from bench import bars, cases, compare, load, proof
from bench.build import build, personas
from bench.imports import trial


class Command(BaseCommand):
    """Prints, for each page, SQL count, database time, CPU, bytes, p50 and p95, beside bare SQL and the floors of the run, and which bars are kept."""

    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--scale", type=int, default=100_000)
        parser.add_argument("--json", type=Path)
        parser.add_argument("--rounds", type=int, default=20)
        parser.add_argument("--rebuild", action="store_true", help="build the data anew even if it is there")
        parser.add_argument("--compare", type=Path, metavar="SMALL.json", help="also say how costs have grown since the report of a smaller firm")

    def handle(self, *args, scale, rounds, rebuild, **options):
        settings.ALLOWED_HOSTS = ["*"]
        people = self.firm(scale, rebuild)
        wrong = proof.wrong_searches(self.say)
        book = cases.run(people, self.say, rounds)
        rate = load.creations_a_second(people["admin"], self.say)
        linking = self.linking(scale)
        imports = trial.measure(self.say)
        found = [*bars.bars(book, wrong=wrong, rate=rate), *bars.imports(imports)]
        for bar in found:
            self.say(str(bar))
        if options["json"]:
            self.write(options["json"], scale, book, found, wrong, rate, linking, imports)
        if options["compare"]:
            compare.growth(options["compare"], book.figures, self.say)

    def say(self, words):
        """A line at once, also into a file."""
        self.stdout.write(words)
        self.stdout.flush()

    def linking(self, scale):
        """The search for duplicates among so many companies, in a process of its own so that its memory is its own."""
        for preparing in (["--prepare"], []):
            command = [sys.executable, sys.argv[0], "linkage_speed", "--rows", str(scale), *preparing]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
        found = json.loads(done.stdout.strip().splitlines()[-1])
        words = "search for duplicates among {rows:,} companies: {decided_cpu_s} s of CPU, {compared:,} pairs compared, {pairs:,} told, at most {peak_mb:,} MB"
        self.say(words.format(**found))
        return found

    def firm(self, scale, rebuild):
        """The benchmark's own database with its data; gives the people to measure as."""
        fresh = self.database(f"keman_bench_{scale}", rebuild)
        call_command("migrate", verbosity=0)
        if not fresh:
            return personas()
        self.say(f"building {scale:,} customers")
        return build(scale, self.say)

    def database(self, name, rebuild):
        """Make the benchmark's own database; whether it has to be filled."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            there = cursor.fetchone()
            if there and rebuild:
                cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
            if not there or rebuild:
                cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
        connections.close_all()
        settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name
        options = connection.settings_dict["OPTIONS"]
        patient = f"{options['options']} -c statement_timeout=0 -c lock_timeout=0"
        connection.settings_dict["OPTIONS"] = options | {"options": patient}
        ContentType.objects.clear_cache()
        return rebuild or not there

    def write(self, path, scale, book, found, wrong, rate, linking, imports):
        """The whole report, for `--compare` and for whoever wants to draw it."""
        report = {
            "scale": scale,
            "wrong_searches": wrong,
            "creations_a_second": rate,
            "linking": linking,
            "imports": imports,
            "figures": [figures.as_dict() for figures in book.figures.values()],
            "failures": book.failures,
            "bars": [{"words": str(bar), "kept": bar.is_kept} for bar in found],
        }
        path.write_text(json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8")
