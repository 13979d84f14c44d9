"""The rooms of this floor show their records in the administration."""

from crm.core.rooms import load_rooms
from django.apps import apps

load_rooms("admin", [apps.get_app_config("feedback")])
