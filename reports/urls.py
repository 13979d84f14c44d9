"""Addresses of this floor."""

from django.urls import include, path

app_name = "reports"
urlpatterns = [
    path("funnel/", include("reports.funnel.urls")),
    path("opportunities/", include("reports.pipeline.urls")),
    path("channels/", include("reports.channels.urls")),
    path("", include("reports.sales.urls")),
]
