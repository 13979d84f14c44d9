"""Addresses of companies."""

from django.urls import path

from customers.companies import views
from customers.matching.views import Hint

app_name = "companies"
urlpatterns = [
    path("", views.Companies.as_view(), name="list"),
    path("new/", views.CreateCompany.as_view(), name="new"),
    path("hint/", Hint.as_view(noun="companies"), name="hint"),
    path("bin/", views.CompanyBin.as_view(), name="bin"),
    path("bulk/assignment/", views.BulkAssign.as_view(), name="bulk-assignment"),
    path("bulk/tags/", views.BulkTag.as_view(), name="bulk-tags"),
    path("bulk/field/", views.BulkField.as_view(), name="bulk-field"),
    path("bulk/bin/", views.BulkDelete.as_view(), name="bulk-bin"),
    path("<int:pk>/", views.CompanyPage.as_view(), name="detail"),
    path("<int:pk>/panels/", views.CompanyPanels.as_view(), name="panels"),
    path("<int:pk>/edit/", views.EditCompany.as_view(), name="edit"),
    path("<int:pk>/cell/<slug:name>/", views.CompanyCell.as_view(), name="cell"),
    path("<int:pk>/bin/", views.DeleteCompany.as_view(), name="delete"),
    path("<int:pk>/restoration/", views.RestoreCompany.as_view(), name="restore"),
    path("<int:pk>/assignment/", views.AssignCompany.as_view(), name="assign"),
]
