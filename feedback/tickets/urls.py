"""Addresses of feedback."""

app_name = "tickets"
urlpatterns: list = []
