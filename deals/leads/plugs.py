"""What leads add to the house."""

from django.utils.translation import gettext_lazy as _

from crm.core import rights
from deals.leads import services
from deals.leads.models import Lead
from interactions.followups.abouts import About, abouts

rights.register(
    "leads",
    _("Leads"),
    extra={
        "claim": _("claim from a pool"),
        "return": _("return to a pool"),
        "convert": _("convert to a customer, and back"),
        "convert_without_code": _("convert without a credit code"),
        "duplicates": _("be told of duplicates outside the own scope"),
    },
    masked_fields={"leads.mobile": _("phone"), "leads.email": _("e-mail"), "leads.wechat": _("WeChat")},
)

abouts.add(
    "leads",
    About(
        model=Lead,
        refuse=services.refuse_silent,
        contacted=services.contacted,
        last_contact=services.last_contact,
        next_step=services.next_step,
    ),
)
