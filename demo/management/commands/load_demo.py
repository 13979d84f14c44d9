"""`manage.py load_demo`: build the demo company, here and now or in the background."""

from contextlib import contextmanager

from django.core.management import BaseCommand, CommandError

from crm.accounts.models import User
from crm.jobs import services as jobs
from customers.models import Company
from demo import build


class Command(BaseCommand):
    """Two years of a firm that sells software for factories, through the same verbs that people use."""

    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--background", action="store_true", help="let the worker do it")

    def handle(self, *args, background, **options):
        if Company.objects.exists():
            raise CommandError("There are companies already; the demo company is only loaded into an empty house.")
        if background:
            jobs.start(build.KIND, by=User.objects.get(is_system=True))
            return
        made = build.build(self.said)
        self.stdout.write(f"{made['events']} events")

    @contextmanager
    def said(self, share, day):
        """One step, with its share of the whole in the terminal."""
        with build.committed(share, day):
            yield
        self.stdout.write(f"{share:4.0%}  {day:%Y-%m-%d}")
