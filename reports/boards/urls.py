"""The address of the first page."""

from django.urls import path

from reports.boards import views

app_name = "boards"
urlpatterns = [path("", views.Home.as_view(), name="home")]
