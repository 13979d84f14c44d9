"""What people and rights add to the house."""

from django.utils.translation import gettext_lazy as _

from crm.accounts.picker import people
from crm.core import rights
from crm.web.pickers import pickers

rights.register(
    "house",
    _("The house"),
    without=rights.ROW_ACTIONS,
    extra={
        "administer": _("open the administration"),
        "back_up": _("make and restore backups"),
        "fetch_backups": _("download backups"),
        "share_views": _("show views of lists to everybody"),
    },
)
pickers.add("people", people)
