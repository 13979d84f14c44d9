"""Pages about the house itself."""

from django.urls import path

from crm.ops.health import healthz
from crm.ops.setup import setup

app_name = "ops"
urlpatterns = [path("healthz", healthz, name="health"), path("setup/", setup, name="setup")]
