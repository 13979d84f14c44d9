"""Addresses of the funnel."""

from django.urls import path

from reports.funnel import views

app_name = "funnel"
urlpatterns = [path("", views.Funnel.as_view(), name="page")]
