"""Addresses of the person's own pages."""

from django.urls import include, path

from crm.accounts import view_pages, views

mine = (
    [
        path("", views.me, name="me"),
        path("tokens/", views.tokens, name="tokens"),
        path("tokens/<int:pk>/revocation/", views.token_revocation, name="revoke-token"),
        path("views/new/", view_pages.new_view, name="new-view"),
        path("views/<int:pk>/", view_pages.view, name="view"),
        path("views/<int:pk>/query/", view_pages.update_view, name="update-view"),
        path("views/<int:pk>/deletion/", view_pages.delete_view, name="delete-view"),
    ],
    "accounts",
)
urlpatterns = [
    path("me/", include(mine)),
    path("language/", views.language, name="set_language"),
]
