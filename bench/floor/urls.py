"""The addresses of the floor, in a table of their own."""

from django.urls import path

from bench.floor import views

urlpatterns = [
    path("companies/", views.companies, name="floor-list"),
    path("companies/new/", views.create, name="floor-create"),
    path("companies/<int:pk>/", views.company, name="floor-detail"),
]
