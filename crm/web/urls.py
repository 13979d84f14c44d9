"""Pages that belong to no floor."""

from django.urls import path

app_name = "web"
urlpatterns = []
