"""The rooms of this floor show their records in the administration."""

from django.apps import apps

from crm.core.rooms import load_rooms

load_rooms("admin", [apps.get_app_config("reports")])
