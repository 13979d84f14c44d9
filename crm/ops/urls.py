"""Pages about the house itself."""

from django.urls import path

from crm.ops import views
from crm.ops.health import healthz
from crm.ops.metrics import metrics
from crm.ops.setup import setup

app_name = "ops"
urlpatterns = [
    path("healthz", healthz, name="health"),
    path("metrics", metrics, name="metrics"),
    path("setup/", setup, name="setup"),
    path("operations/", views.operations, name="page"),
    path("operations/jobs/", views.jobs, name="jobs"),
    path("operations/schedule/run/", views.run_now, name="run"),
]
