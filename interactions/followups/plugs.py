"""What follow-ups add to the house."""

from django.utils.translation import gettext_lazy as _

from crm.core import rights

rights.register("followups", _("Follow-ups"), without=("import", "export"))
