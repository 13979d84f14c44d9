"""Which fields of a company need more than the right to change it."""

from django.utils.translation import gettext_lazy as _

from crm.core.errors import NotAllowed
from crm.core.masking import may_write
from customers.companies.models import Company

GUARDED = ("phone", "credit_code")


def require_fields(by, fields, company=None) -> None:
    """Refuse to set a field that this person may not write; `fields` are the names, or the values by name."""
    for field in GUARDED:
        given = fields.get(field) if company is None else field in fields
        if given and not may_write(by, f"companies.{field}", is_new=company is None):
            label = Company._meta.get_field(field).verbose_name
            raise NotAllowed(_("You do not have the right to change “%(field)s”.") % {"field": label}, field=field)
