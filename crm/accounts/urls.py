"""Addresses of the person's own pages."""

from django.urls import include, path

from crm.accounts import views

mine = (
    [
        path("", views.me, name="me"),
        path("tokens/", views.tokens, name="tokens"),
        path("tokens/<int:pk>/revocation/", views.token_revocation, name="revoke-token"),
    ],
    "accounts",
)
urlpatterns = [
    path("me/", include(mine)),
    path("language/", views.language, name="set_language"),
]
