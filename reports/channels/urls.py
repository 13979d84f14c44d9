"""Addresses of channels."""

from django.urls import path

from reports.channels import views

app_name = "channels"
urlpatterns = [path("", views.Channels.as_view(), name="page")]
