"""Addresses of this floor."""

from django.urls import include, path

app_name = "feedback"
urlpatterns = [
    path("tickets/", include("feedback.tickets.urls")),
]
