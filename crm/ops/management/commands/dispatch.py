"""`manage.py dispatch`: one of the processes of the house; any number of them may run."""

from django.core.management.base import BaseCommand

from crm.ops.dispatching import Dispatcher


class Command(BaseCommand):
    help = "Hands events to their readers until it is told to end."

    def handle(self, **_options: object) -> None:
        Dispatcher().run()
