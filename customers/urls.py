"""Addresses of this floor."""

from django.urls import include, path

app_name = "customers"
urlpatterns = [
    path("", include("customers.merging.urls")),
    path("", include("customers.duplicates.urls")),
    path("companies/", include("customers.past.urls")),
    path("companies/", include("customers.companies.urls")),
    path("contacts/", include("customers.contacts.urls")),
    path("matching/", include("customers.matching.urls")),
    path("quality/", include("customers.quality.urls")),
]
