"""Pages about the house itself."""

from django.urls import path

from crm.ops.health import healthz

app_name = "ops"
urlpatterns = [path("healthz", healthz, name="health")]
