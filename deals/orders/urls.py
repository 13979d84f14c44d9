"""Addresses of orders."""

from django.urls import path

from deals.orders import views

app_name = "orders"
urlpatterns = [
    path("", views.Orders.as_view(), name="list"),
    path("new/", views.CreateOrder.as_view(), name="new"),
    path("bin/", views.OrderBin.as_view(), name="bin"),
    path("bulk/assignment/", views.BulkAssign.as_view(), name="bulk-assignment"),
    path("<int:pk>/", views.OrderPage.as_view(), name="detail"),
    path("<int:pk>/panels/", views.OrderPanels.as_view(), name="panels"),
    path("<int:pk>/edit/", views.EditOrder.as_view(), name="edit"),
    path("<int:pk>/special-price/", views.AgreeSpecialPrice.as_view(), name="agree"),
    path("<int:pk>/special-price/refusal/", views.DeclineSpecialPrice.as_view(), name="decline"),
    path("<int:pk>/placement/", views.PlaceOrder.as_view(), name="place"),
    path("<int:pk>/cancellation/", views.CancelOrder.as_view(), name="cancel"),
    path("<int:pk>/assignment/", views.AssignOrder.as_view(), name="assign"),
    path("<int:pk>/bin/", views.DeleteOrder.as_view(), name="delete"),
    path("<int:pk>/restoration/", views.RestoreOrder.as_view(), name="restore"),
]
