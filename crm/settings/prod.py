"""As it runs for its users: DEBUG off, behind gunicorn."""

from crm.settings.base import *
