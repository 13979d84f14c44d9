"""Addresses of products."""

from django.urls import path

from deals.products import views

app_name = "products"
urlpatterns = [
    path("", views.Products.as_view(), name="list"),
    path("new/", views.CreateProduct.as_view(), name="new"),
    path("<int:pk>/", views.ProductPage.as_view(), name="detail"),
    path("<int:pk>/panels/", views.ProductPanels.as_view(), name="panels"),
    path("<int:pk>/edit/", views.EditProduct.as_view(), name="edit"),
    path("<int:pk>/retirement/", views.RetireProduct.as_view(), name="retire"),
    path("<int:pk>/offer/", views.OfferProduct.as_view(), name="offer"),
]
