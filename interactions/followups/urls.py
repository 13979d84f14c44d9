"""Addresses of follow-ups."""

from django.urls import path

from interactions.followups import views

app_name = "followups"
urlpatterns = [
    path("", views.FollowUps.as_view(), name="list"),
    path("new/", views.CreateFollowUp.as_view(), name="new"),
    path("<int:pk>/", views.FollowUpPage.as_view(), name="detail"),
    path("<int:pk>/completion/", views.CompleteFollowUp.as_view(), name="complete"),
    path("<int:pk>/time/", views.RescheduleFollowUp.as_view(), name="reschedule"),
    path("<int:pk>/cancellation/", views.CancelFollowUp.as_view(), name="cancel"),
]
