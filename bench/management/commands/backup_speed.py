"""`manage.py backup_speed --scale N --json OUT`: back up the firm of N customers, prove the backup, and bring it back both ways."""

import json
import shutil
from pathlib import Path

from django.core.management import BaseCommand, CommandError
from django.db import connection

from bench.backups import trial
from bench.backups.house import a_house


class Command(BaseCommand):
    """Takes the firm that `manage.py benchmark --scale N` built, on a server of its own; needs four times its size of free room, and leaves nothing."""

    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--scale", type=int, default=100_000)
        parser.add_argument("--json", type=Path)
        parser.add_argument("--folder", type=Path, help="where to work; KEMAN_SCRATCH_DIR unless said otherwise")

    def handle(self, *args, scale, folder, **options):
        name = f"keman_bench_{scale}"
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(oid) FROM pg_database WHERE datname = %s", [name])
            row = cursor.fetchone()
        if row is None:
            raise CommandError(f"There is no {name}: build it with “manage.py benchmark --scale {scale}”.")
        with a_house(folder) as house:
            house.fill(name)
            size = house.ask("SELECT pg_database_size('crm')")[0][0]
            self.say(f"{size / 1e9:.1f} GB of tables and indexes, {shutil.disk_usage(house.folder).free / 1e9:.0f} GB free")
            steps = trial.measure(house, self.say)
        if options["json"]:
            report = {"scale": scale, "database_bytes": size, "steps": [step.as_dict() for step in steps]}
            options["json"].write_text(json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8")

    def say(self, words):
        """A line at once, also into a file."""
        self.stdout.write(words)
        self.stdout.flush()
