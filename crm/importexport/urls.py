"""Addresses of imports and exports."""

from django.urls import path

from crm.importexport import checkviews, views

app_name = "importexport"
urlpatterns = [
    path("imports/", views.Imports.as_view(), name="list"),
    path("imports/new/", views.NewImport.as_view(), name="new"),
    path("imports/template/", views.EmptySheet.as_view(), name="template"),
    path("imports/<int:pk>/", views.ImportPage.as_view(), name="detail"),
    path("imports/<int:pk>/mapping/", views.ColumnsPage.as_view(), name="mapping"),
    path("imports/<int:pk>/reading/", views.Reading.as_view(), name="reading"),
    path("imports/<int:pk>/check/", checkviews.CheckPage.as_view(), name="check"),
    path("imports/<int:pk>/rejected/", views.RejectedRows.as_view(), name="rejected"),
    path("imports/<int:pk>/undo/", views.UndoImport.as_view(), name="undo"),
    path("exports/<slug:noun>/", views.ExportPage.as_view(), name="export"),
    path("exports/<slug:noun>/<int:pk>/card/", views.OneCard.as_view(), name="card"),
]
