"""`manage.py benchmark --scale N --json OUT`: build a firm of N customers in a database of its own and measure the pages."""

import json
from pathlib import Path

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import BaseCommand, call_command
from django.db import connection, connections

from bench import cases
from bench.build import build, personas


class Command(BaseCommand):
    """Prints, for each page, SQL count, database time, CPU, bytes, p50 and p95, beside bare SQL and the floor of the run."""

    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--scale", type=int, default=100_000)
        parser.add_argument("--json", type=Path)
        parser.add_argument("--rounds", type=int, default=20)
        parser.add_argument("--rebuild", action="store_true", help="build the data anew even if it is there")

    def handle(self, *args, scale, rounds, rebuild, **options):
        self.settings_for_measuring()
        fresh = self.database(f"keman_bench_{scale}", rebuild)
        call_command("migrate", verbosity=0)
        if fresh:
            self.stdout.write(f"building {scale:,} customers")
            people = build(scale, self.stdout.write)
        else:
            people = personas()
        wrong = cases.proof(self.stdout.write)
        results = cases.run(people, self.stdout.write, rounds)
        if options["json"]:
            report = {"scale": scale, "wrong_searches": wrong, "figures": [figures.as_dict() for figures in results]}
            options["json"].write_text(json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8")

    def settings_for_measuring(self):
        settings.ALLOWED_HOSTS = ["*"]

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
        connection.settings_dict["OPTIONS"] = dict(connection.settings_dict["OPTIONS"], options="-c jit=off")
        ContentType.objects.clear_cache()
        return rebuild or not there
