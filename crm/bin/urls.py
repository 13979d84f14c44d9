"""Addresses of the bin that all nouns share."""

from django.urls import path

from crm.bin.pages import BulkRestore

app_name = "bin"
urlpatterns = [path("<slug:noun>/restoration/", BulkRestore.as_view(), name="restoration")]
