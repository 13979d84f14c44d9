"""What contacts add to the house."""

from django.utils.translation import gettext_lazy as _

from crm.core import rights
from customers.contacts.policies import FIELDS

rights.register("contacts", _("Contacts"), masked_fields=FIELDS)
