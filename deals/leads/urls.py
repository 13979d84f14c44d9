"""Addresses of leads."""

from django.urls import path

from customers.matching.views import Hint
from customers.merging.views import BulkMerge, MergePage
from deals.leads import bulk_views, views

app_name = "leads"
urlpatterns = [
    path("", views.Leads.as_view(), name="list"),
    path("pool/", views.PoolLeads.as_view(), name="pool"),
    path("new/", views.CreateLead.as_view(), name="new"),
    path("hint/", Hint.as_view(noun="leads"), name="hint"),
    path("merging/", MergePage.as_view(noun="leads"), name="merging"),
    path("bin/", bulk_views.LeadBin.as_view(), name="bin"),
    path("bulk/claim/", bulk_views.BulkClaim.as_view(), name="bulk-claim"),
    path("bulk/assignment/", bulk_views.BulkAssign.as_view(), name="bulk-assignment"),
    path("bulk/return/", bulk_views.BulkReturn.as_view(), name="bulk-return"),
    path("bulk/merging/", BulkMerge.as_view(noun="leads"), name="merging-bulk"),
    path("bulk/bin/", bulk_views.BulkDelete.as_view(), name="bulk-bin"),
    path("<int:pk>/", views.LeadPage.as_view(), name="detail"),
    path("<int:pk>/panels/", views.LeadPanels.as_view(), name="panels"),
    path("<int:pk>/edit/", views.EditLead.as_view(), name="edit"),
    path("<int:pk>/cell/<slug:name>/", views.LeadCell.as_view(), name="cell"),
    path("<int:pk>/claim/", views.ClaimLead.as_view(), name="claim"),
    path("<int:pk>/assignment/", views.AssignLead.as_view(), name="assign"),
    path("<int:pk>/return/", views.ReturnLead.as_view(), name="return"),
    path("<int:pk>/invalidity/", views.InvalidateLead.as_view(), name="invalidate"),
    path("<int:pk>/validity/", views.RevalidateLead.as_view(), name="revalidate"),
    path("<int:pk>/conversion/", views.ConvertLead.as_view(), name="convert"),
    path("<int:pk>/conversion/company/", views.company_hint, name="company-hint"),
    path("<int:pk>/unconversion/", views.UnconvertLead.as_view(), name="unconvert"),
    path("<int:pk>/bin/", views.DeleteLead.as_view(), name="delete"),
    path("<int:pk>/restoration/", bulk_views.RestoreLead.as_view(), name="restore"),
]
