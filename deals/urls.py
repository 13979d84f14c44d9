"""Addresses of this floor."""

from django.urls import include, path

app_name = "deals"
urlpatterns = [
    path("products/", include("deals.products.urls")),
    path("leads/", include("deals.leads.urls")),
    path("opportunities/", include("deals.opportunities.urls")),
    path("contracts/", include("deals.contracts.urls")),
    path("orders/", include("deals.orders.urls")),
    path("", include("deals.payments.urls")),
]
