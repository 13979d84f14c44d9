"""Addresses of data quality."""

from django.urls import path

from customers.quality import views

app_name = "quality"
urlpatterns = [
    path("", views.Quality.as_view(), name="page"),
    path("task/", views.Ask.as_view(), name="ask"),
    path("measure/", views.Measure.as_view(), name="measure"),
    path("proposals/", views.Proposals.as_view(), name="proposals"),
    path("proposals/decision/", views.Decide.as_view(), name="decide"),
    path("runs/", views.Runs.as_view(), name="runs"),
    path("runs/<int:pk>/", views.RunReport.as_view(), name="run"),
    path("runs/<int:pk>/undoing/", views.TakeBack.as_view(), name="undo"),
]
