"""Addresses of the inbox."""

from django.urls import path

from crm.notifications import views

app_name = "notifications"
urlpatterns = [
    path("notifications/", views.inbox, name="inbox"),
    path("notifications/reading/", views.reading_of_all, name="read-all"),
    path("notifications/<int:pk>/reading/", views.reading, name="read"),
]
