"""The door for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

from crm.core import garbage

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.settings.prod")

application = get_wsgi_application()
garbage.settle_in()  # before the fork: the workers share what is loaded
