"""Sums of money: in the company's own currency only, and only for whoever may read the single amounts."""

from decimal import Decimal

from django.conf import settings
from django.db.models import DecimalField, F, Q, Sum, Value
from django.db.models.functions import Coalesce

MONEY = DecimalField(max_digits=18, decimal_places=2)
NOTHING = Value(Decimal(0), output_field=MONEY)


def total(column="amount", *, currency="currency", where=None):
    """The sum of a column over the rows in the company's currency; there is no rate to add others up by."""
    condition = Q(**{currency: settings.COMPANY_CURRENCY})
    return Coalesce(Sum(F(column), filter=condition & where if where is not None else condition, output_field=MONEY), NOTHING)


def may_read(actor, *fields) -> bool:
    """Whether this person reads these fields whole: a sum of covered amounts would uncover them."""
    return all(actor.field_rule(field) in ("edit", "read") for field in fields)
