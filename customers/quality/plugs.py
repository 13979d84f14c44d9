"""What data quality adds to the house."""

from django.utils.translation import gettext_lazy as _

from crm.core import rights
from customers.quality import (
    handlers,  # noqa: F401 - registers the background work
    subjects,  # noqa: F401 - registers what is cleaned, and the rules for it
)

rights.register(
    "quality",
    _("Data quality"),
    without=("create", "assign", "delete", "import", "export"),
    extra={"run": _("start a cleaning and take one back")},
)
