"""Addresses of money; what is done about an order stands under the order."""

from django.urls import path

from deals.payments import views

app_name = "payments"
urlpatterns = [
    path("payments/", views.Payments.as_view(), name="list"),
    path("payments/new/", views.Receive.as_view(), name="new"),
    path("payments/instalments/", views.Instalments.as_view(), name="instalments"),
    path("payments/instalments/aging/", views.Aging.as_view(), name="aging"),
    path("payments/<int:pk>/", views.PaymentPage.as_view(), name="detail"),
    path("payments/<int:pk>/refund/", views.Refund.as_view(), name="refund"),
    path("payments/<int:pk>/recovery/", views.Recover.as_view(), name="recover"),
    path("payments/<int:pk>/allocation/", views.Allocate.as_view(), name="allocate"),
    path("orders/<int:pk>/plan/", views.Plan.as_view(), name="plan"),
    path("orders/<int:pk>/payments/", views.Receive.as_view(), name="receive"),
    path("orders/<int:pk>/write-off/", views.WriteOff.as_view(), name="write-off"),
]
