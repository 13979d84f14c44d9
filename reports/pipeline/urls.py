"""Addresses of the opportunity funnel."""

from django.urls import path

from reports.pipeline import views

app_name = "pipeline"
urlpatterns = [path("", views.Pipeline.as_view(), name="page")]
