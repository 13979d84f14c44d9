"""The API: one router, filled by the rooms."""

from django.urls import path

app_name = "api"
urlpatterns = []
