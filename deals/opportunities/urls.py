"""Addresses of opportunities."""

from django.urls import path

from deals.opportunities import views

app_name = "opportunities"
urlpatterns = [
    path("", views.Opportunities.as_view(), name="list"),
    path("board/", views.board, name="board"),
    path("new/", views.CreateOpportunity.as_view(), name="new"),
    path("bin/", views.OpportunityBin.as_view(), name="bin"),
    path("bulk/assignment/", views.BulkAssign.as_view(), name="bulk-assignment"),
    path("bulk/bin/", views.BulkDelete.as_view(), name="bulk-bin"),
    path("<int:pk>/", views.OpportunityPage.as_view(), name="detail"),
    path("<int:pk>/panels/", views.OpportunityPanels.as_view(), name="panels"),
    path("<int:pk>/edit/", views.EditOpportunity.as_view(), name="edit"),
    path("<int:pk>/cell/<slug:name>/", views.OpportunityCell.as_view(), name="cell"),
    path("<int:pk>/stage/", views.MoveOpportunity.as_view(), name="move"),
    path("<int:pk>/loss/", views.LoseOpportunity.as_view(), name="lose"),
    path("<int:pk>/voiding/", views.VoidOpportunity.as_view(), name="void"),
    path("<int:pk>/reopening/", views.ReopenOpportunity.as_view(), name="reopen"),
    path("<int:pk>/assignment/", views.AssignOpportunity.as_view(), name="assign"),
    path("<int:pk>/bin/", views.DeleteOpportunity.as_view(), name="delete"),
    path("<int:pk>/restoration/", views.RestoreOpportunity.as_view(), name="restore"),
]
