"""Pages that belong to no floor."""

from django.urls import path

from crm.web import views

app_name = "web"
urlpatterns = [
    path("pick/<slug:name>/", views.pick, name="pick"),
    path("menu/counts/", views.counts, name="counts"),
    path("search/", views.search_page, name="search"),
    path("search/palette/", views.palette, name="palette"),
]
