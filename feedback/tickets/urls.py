"""Addresses of feedback."""

from django.urls import path

from feedback.tickets import views

app_name = "tickets"
urlpatterns = [
    path("", views.Tickets.as_view(), name="list"),
    path("new/", views.CreateTicket.as_view(), name="new"),
    path("bin/", views.TicketBin.as_view(), name="bin"),
    path("bulk/assignment/", views.BulkAssign.as_view(), name="bulk-assignment"),
    path("bulk/bin/", views.BulkDelete.as_view(), name="bulk-bin"),
    path("<int:pk>/", views.TicketPage.as_view(), name="detail"),
    path("<int:pk>/panels/", views.TicketPanels.as_view(), name="panels"),
    path("<int:pk>/edit/", views.EditTicket.as_view(), name="edit"),
    path("<int:pk>/response/", views.Respond.as_view(), name="respond"),
    path("<int:pk>/waiting/", views.Wait.as_view(), name="wait"),
    path("<int:pk>/resumption/", views.Resume.as_view(), name="resume"),
    path("<int:pk>/resolution/", views.ResolveTicket.as_view(), name="resolve"),
    path("<int:pk>/closure/", views.CloseTicket.as_view(), name="close"),
    path("<int:pk>/reopening/", views.ReopenTicket.as_view(), name="reopen"),
    path("<int:pk>/assignment/", views.AssignTicket.as_view(), name="assign"),
    path("<int:pk>/bin/", views.DeleteTicket.as_view(), name="delete"),
    path("<int:pk>/restoration/", views.RestoreTicket.as_view(), name="restore"),
]
