"""The administration site: settings and repair, behind the same sign-in as the pages."""

from csp.constants import SELF, UNSAFE_EVAL, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.contrib.admin.apps import AdminConfig
from unfold.sites import UnfoldAdminSite

# The skin evaluates expressions in its attributes and sets styles there; no script may stand in a page here either.
LOOSENED = {"script-src": [SELF, UNSAFE_EVAL], "style-src": [SELF, UNSAFE_INLINE]}


class KemanAdminSite(UnfoldAdminSite):
    """Django admin in its skin; only people marked for it get in."""

    site_title = "Keman"
    site_header = "客满 CRM"
    enable_nav_sidebar = True

    def admin_view(self, view, cacheable=False):
        """Every page of the site, with the policy its skin needs."""
        return csp_replace(LOOSENED)(super().admin_view(view, cacheable))


class KemanAdminConfig(AdminConfig):
    """Make our site the default one."""

    default_site = "crm.web.admin_site.KemanAdminSite"
