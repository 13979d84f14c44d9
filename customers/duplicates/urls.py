"""Addresses of duplicates."""

from django.urls import path

from customers.duplicates import sheetviews, views

app_name = "duplicates"
urlpatterns = [
    path("duplicates/sheets/", sheetviews.Upload.as_view(), name="sheet"),
    path("duplicates/sheets/columns/", sheetviews.Columns.as_view(), name="sheet-columns"),
    path("companies/duplicates/", views.Review.as_view(), {"noun": "companies"}, name="companies"),
    path("<str:noun>/duplicates/", views.Review.as_view(), name="review"),
    path("<str:noun>/duplicates/search/", views.Search.as_view(), name="search"),
    path("duplicates/<int:pk>/decision/", views.Decide.as_view(), name="decide"),
    path("duplicates/<int:pk>/reopening/", views.Reopen.as_view(), name="reopen"),
]
