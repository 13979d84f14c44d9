"""Addresses of contracts."""

from django.urls import path

from deals.contracts import views

app_name = "contracts"
urlpatterns = [
    path("", views.Contracts.as_view(), name="list"),
    path("new/", views.CreateContract.as_view(), name="new"),
    path("bin/", views.ContractBin.as_view(), name="bin"),
    path("bulk/assignment/", views.BulkAssign.as_view(), name="bulk-assignment"),
    path("<int:pk>/", views.ContractPage.as_view(), name="detail"),
    path("<int:pk>/panels/", views.ContractPanels.as_view(), name="panels"),
    path("<int:pk>/edit/", views.EditContract.as_view(), name="edit"),
    path("<int:pk>/signature/", views.SignContract.as_view(), name="sign"),
    path("<int:pk>/execution/", views.StartContract.as_view(), name="start"),
    path("<int:pk>/completion/", views.CompleteContract.as_view(), name="complete"),
    path("<int:pk>/termination/", views.TerminateContract.as_view(), name="terminate"),
    path("<int:pk>/assignment/", views.AssignContract.as_view(), name="assign"),
    path("<int:pk>/bin/", views.DeleteContract.as_view(), name="delete"),
    path("<int:pk>/restoration/", views.RestoreContract.as_view(), name="restore"),
]
