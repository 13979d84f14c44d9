"""The API: one router, filled by the rooms; its description in OpenAPI, readable offline."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView

from crm.rest.router import router
from crm.rest.views import Docs

app_name = "api"
urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", Docs.as_view(), name="docs"),
    path("v1/", include(router.urls)),
]
