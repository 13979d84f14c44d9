"""`manage.py up`: the whole house with one command."""

import sys

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from crm.ops.embedded import why
from crm.ops.start import up
from crm.ops.terminal import Trouble


class Command(BaseCommand):
    help = "Starts the services, the web server, the worker and the scheduler, and stays until Ctrl-C."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--empty", action="store_true", help="do not load the demo company on the first start")

    def handle(self, *, empty: bool, **_options: object) -> None:
        try:
            up(settings.PORT, empty=empty)
        except Trouble as trouble:
            sys.exit(str(trouble))
        except OSError as error:
            sys.exit(str(why(error, settings.DATA_DIR)))
