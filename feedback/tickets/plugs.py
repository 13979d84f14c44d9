"""What feedback adds to the house."""

from django.utils.translation import gettext_lazy as _

from crm.core import rights

rights.register("tickets", _("Feedback"))
