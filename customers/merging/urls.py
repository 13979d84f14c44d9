"""Addresses of merging."""

from django.urls import path

from customers.merging import views

app_name = "merging"
urlpatterns = [
    path("companies/merging/", views.MergePage.as_view(noun="companies"), name="companies"),
    path("companies/bulk/merging/", views.BulkMerge.as_view(noun="companies"), name="companies-bulk"),
    path("contacts/merging/", views.MergePage.as_view(noun="contacts"), name="contacts"),
    path("contacts/bulk/merging/", views.BulkMerge.as_view(noun="contacts"), name="contacts-bulk"),
    path("merges/<int:pk>/", views.MergeStory.as_view(), name="merge"),
    path("merges/<int:pk>/unmerging/", views.Unmerge.as_view(), name="unmerge"),
]
