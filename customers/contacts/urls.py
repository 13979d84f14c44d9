"""Addresses of contacts."""

from django.urls import path

from customers.contacts import views
from customers.matching.views import Hint

app_name = "contacts"
urlpatterns = [
    path("", views.Contacts.as_view(), name="list"),
    path("new/", views.CreateContact.as_view(), name="new"),
    path("hint/", Hint.as_view(noun="contacts"), name="hint"),
    path("bin/", views.ContactBin.as_view(), name="bin"),
    path("bulk/assignment/", views.BulkAssign.as_view(), name="bulk-assignment"),
    path("bulk/tags/", views.BulkTag.as_view(), name="bulk-tags"),
    path("bulk/field/", views.BulkField.as_view(), name="bulk-field"),
    path("bulk/bin/", views.BulkDelete.as_view(), name="bulk-bin"),
    path("<int:pk>/", views.ContactPage.as_view(), name="detail"),
    path("<int:pk>/panels/", views.ContactPanels.as_view(), name="panels"),
    path("<int:pk>/edit/", views.EditContact.as_view(), name="edit"),
    path("<int:pk>/bin/", views.DeleteContact.as_view(), name="delete"),
    path("<int:pk>/restoration/", views.RestoreContact.as_view(), name="restore"),
    path("<int:pk>/assignment/", views.AssignContact.as_view(), name="assign"),
    path("<int:pk>/company/", views.MoveContact.as_view(), name="move"),
    path("<int:pk>/points/<int:point>/verification/", views.JudgePoint.as_view(), name="judge"),
]
