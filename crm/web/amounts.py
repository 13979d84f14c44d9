"""Amounts as a reader may see them: exact, covered, or not at all."""

from django.db.models import Sum

from crm.core.masking import HIDDEN, MASKED
from crm.core.money import DEFAULT_CURRENCY
from crm.web import formats
from crm.web.filters import Between

COVERED = "***"


def readable(actor, field) -> bool:
    """Whether this person reads the amount whole; `field` is `"contracts.amount"`."""
    return actor.field_rule(field) not in (HIDDEN, MASKED)


def amount(actor, field, value, currency=DEFAULT_CURRENCY) -> str:
    """An amount with its currency, as this person may read it."""
    if value is None or actor.field_rule(field) == HIDDEN:
        return formats.NONE
    return formats.money(value, currency) if readable(actor, field) else COVERED


def cover(value) -> str:
    """What stands for an amount in the API: nothing of it, neither its size nor its ends."""
    return COVERED


def amount_cell(guarded, name="amount"):
    """A cell under a head that names the house's currency; other currencies say their own."""

    def cell(row, page):
        if page.hides(guarded):
            return COVERED
        currency = getattr(row, "currency", DEFAULT_CURRENCY)
        value = getattr(row, name)
        return formats.money_plain(value) if currency == DEFAULT_CURRENCY else formats.money(value, currency)

    return cell


def amount_total(guarded, name="amount"):
    """The sum under a column of amounts, for those who read them whole; sums of several currencies mean nothing."""

    def total(listing):
        if not readable(listing.actor, guarded):
            return ""
        rows = list(listing.in_scope().order_by().values_list("currency").annotate(total=Sum(name)))
        return formats.money_plain(rows[0][1]) if len(rows) == 1 and rows[0][0] == DEFAULT_CURRENCY else ""

    return total


class AmountBetween(Between):
    """From an amount to an amount, for those who read it whole: others could find it by trying."""

    def __init__(self, *args, guarded, **kwargs):
        super().__init__(*args, **kwargs)
        self.guarded = guarded

    def filter(self, qs, value):
        return super().filter(qs, value) if readable(self.parent.actor, self.guarded) else qs
