"""Addresses of stars."""

from django.urls import path

from crm.stars import views

app_name = "stars"
urlpatterns = [path("<slug:noun>/<int:pk>/", views.StarPage.as_view(), name="star")]
