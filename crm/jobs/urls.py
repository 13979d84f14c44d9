"""Addresses of background jobs."""

from django.urls import path

from crm.jobs import views

app_name = "jobs"
urlpatterns = [
    path("jobs/", views.job_list, name="list"),
    path("jobs/<int:pk>/", views.job_page, name="detail"),
    path("jobs/<int:pk>/cancellation/", views.cancellation, name="cancel"),
    path("jobs/<int:pk>/retry/", views.retry, name="retry"),
    path("jobs/<int:pk>/file/", views.job_file, name="file"),
]
