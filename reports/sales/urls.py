"""Addresses of sales."""

from django.urls import path

from reports.sales import views

app_name = "sales"
urlpatterns = [
    path("sales/", views.Results.as_view(), name="page"),
    path("purchases/", views.Purchases.as_view(), name="purchases"),
]
