"""What background jobs add to the house."""

from django.utils.translation import gettext_lazy as _

from crm.core import rights

rights.register("jobs", _("Background jobs"), without=("create", "assign", "delete", "import", "export"))
