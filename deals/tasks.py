"""The background tasks of the rooms of this floor."""

from django.apps import apps

from crm.core.rooms import load_rooms

load_rooms("tasks", [apps.get_app_config("deals")])
