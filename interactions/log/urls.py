"""Addresses of interactions."""

from django.urls import path

from interactions.log import views

app_name = "log"
urlpatterns = [
    path("", views.Interactions.as_view(), name="list"),
    path("new/", views.LogInteraction.as_view(), name="new"),
    path("bin/", views.InteractionBin.as_view(), name="bin"),
    path("<int:pk>/", views.InteractionPage.as_view(), name="detail"),
    path("<int:pk>/edit/", views.EditInteraction.as_view(), name="edit"),
    path("<int:pk>/bin/", views.DeleteInteraction.as_view(), name="delete"),
    path("<int:pk>/restoration/", views.RestoreInteraction.as_view(), name="restore"),
]
