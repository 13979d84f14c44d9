#!/usr/bin/env python
"""The command line of Keman: `python manage.py help` lists what it can do."""

import gc
import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    # What is loaded at the start stays; looking for garbage in it again and again takes an eighth of the start.
    gc.set_threshold(50_000, 20, 20)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.settings.prod")
    execute_from_command_line(sys.argv)
