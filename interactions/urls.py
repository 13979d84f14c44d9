"""Addresses of this floor; they stand at the top, as people type them."""

from django.urls import include, path

app_name = "interactions"
urlpatterns = [
    path("interactions/", include("interactions.log.urls")),
    path("followups/", include("interactions.followups.urls")),
]
