"""Addresses of matching."""

from django.urls import path

from customers.matching import views

app_name = "matching"
urlpatterns = [
    path("access/", views.AskForAccess.as_view(), name="ask"),
    path("access/<int:pk>/", views.Access.as_view(), name="access"),
]
