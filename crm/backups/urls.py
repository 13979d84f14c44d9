"""Addresses of backups."""

from django.urls import path

from crm.backups import views

app_name = "backups"
urlpatterns = [
    path("operations/backups/", views.backups, name="list"),
    path("operations/backups/taking/", views.taking, name="take"),
    path("operations/backups/drilling/", views.drilling, name="prove"),
    path("operations/backups/<int:pk>/", views.backup, name="detail"),
    path("operations/backups/<int:pk>/download/", views.download, name="download"),
    path("operations/drills/<int:pk>/", views.drill, name="drill"),
]
