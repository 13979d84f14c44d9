"""Work that outlives a request: a row in PostgreSQL, so that no lost worker loses it."""

from django.utils.translation import gettext_lazy as _

from crm.core import rooms


class JobsConfig(rooms.PartConfig):
    """Work that outlives a request: a row in PostgreSQL, so that no lost worker loses it."""

    name = "crm.jobs"
    label = "jobs"
    verbose_name = _("Background jobs")
