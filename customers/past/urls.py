"""Addresses of a customer as it was."""

from django.urls import path

from customers.past import views

app_name = "past"
urlpatterns = [path("<int:pk>/as-of/", views.AsOf.as_view(), name="as-of")]
