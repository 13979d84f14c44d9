"""The background tasks of the rooms of this floor."""

from crm.core.rooms import load_rooms
from django.apps import apps

load_rooms("tasks", [apps.get_app_config("customers")])
