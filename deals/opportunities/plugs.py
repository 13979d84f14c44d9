"""What opportunities add to the house."""

from django.utils.translation import gettext_lazy as _

from crm.core import rights

rights.register(
    "opportunities",
    _("Opportunities"),
    extra={"override": _("move on without what the stage asks for")},
    masked_fields={"opportunities.amount": _("expected amount")},
)
