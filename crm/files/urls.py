"""Addresses of files."""

from django.urls import path

from crm.files import views

app_name = "files"
urlpatterns = [
    path("<slug:noun>/<int:pk>/", views.FilesOfRecord.as_view(), name="of-record"),
    path("<int:pk>/", views.Download.as_view(), name="download"),
    path("<int:pk>/removal/", views.Remove.as_view(), name="remove"),
    path("<int:pk>/restoration/", views.Restore.as_view(), name="restore"),
]
