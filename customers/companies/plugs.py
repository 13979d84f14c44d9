"""What companies add to the house."""

from django.utils.translation import gettext_lazy as _

from crm.core import rights

rights.register("companies", _("Companies"), masked_fields={"companies.phone": _("switchboard"), "companies.credit_code": _("credit code")})
