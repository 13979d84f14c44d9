"""Every address of the house; each floor brings its own."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    path("", include("crm.web.urls")),
    path("", include("crm.ops.urls")),
    path("", include("crm.backups.urls")),
    path("", include("crm.accounts.urls")),
    path("", include("crm.activity.urls")),
    path("", include("crm.jobs.urls")),
    path("", include("crm.importexport.urls")),
    path("", include("crm.notifications.urls")),
    path("bin/", include("crm.bin.urls")),
    path("files/", include("crm.files.urls")),
    path("stars/", include("crm.stars.urls")),
    path("customers/", include("customers.urls")),
    path("deals/", include("deals.urls")),
    path("", include("interactions.urls")),
    path("queue/", include("deals.leads.queue_urls")),
    path("feedback/", include("feedback.urls")),
    path("reports/", include("reports.urls")),
    path("", include("reports.boards.urls")),
    path("api/", include("crm.rest.urls")),
]
handler400 = "crm.web.failures.bad_request"
handler403 = "crm.web.failures.not_allowed"
handler404 = "crm.web.failures.not_found"
handler500 = "crm.web.failures.broken"
