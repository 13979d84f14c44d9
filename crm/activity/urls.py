"""Addresses of timelines."""

from django.urls import path

from crm.activity import views

app_name = "activity"
urlpatterns = [
    path("activity/<slug:noun>/<int:pk>/", views.record_timeline, name="timeline"),
    path("activity/bulk/", views.bulk, name="bulk"),
    path("activity/<int:event>/undoing/", views.undoing, name="undo"),
]
