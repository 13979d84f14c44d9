"""Addresses of today's queue."""

from django.urls import path

from deals.leads import queue_views

app_name = "queue"
urlpatterns = [
    path("", queue_views.QueuePage.as_view(), name="today"),
    path("<int:pk>/", queue_views.WorkedPage.as_view(), name="worked"),
]
