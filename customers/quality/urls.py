"""Addresses of data quality."""

app_name = "quality"
urlpatterns: list = []
