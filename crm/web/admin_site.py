"""The administration site: settings and repair, behind the same sign-in as the pages."""

from django.contrib.admin.apps import AdminConfig
from unfold.sites import UnfoldAdminSite


class KemanAdminSite(UnfoldAdminSite):
    """Django admin in its skin; only people marked for it get in."""

    site_title = "Keman"
    site_header = "客满 CRM"
    enable_nav_sidebar = True


class KemanAdminConfig(AdminConfig):
    """Make our site the default one."""

    default_site = "crm.web.admin_site.KemanAdminSite"
