"""Addresses of this floor."""

from django.urls import include, path

app_name = "reports"
urlpatterns = [
    path("funnel/", include("reports.funnel.urls")),
]
