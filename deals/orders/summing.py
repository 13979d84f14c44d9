"""What the form of an order tells while it is filled in: prices of the chosen products, sums, and the contract beside them."""

from decimal import Decimal

from django.conf import settings

from crm.core.errors import Invalid
from crm.web import formats
from crm.web.amounts import readable
from deals.contracts.models import Contract
from deals.orders import beside, pricing
from deals.orders import lines as order_lines
from deals.orders.cleaning import clean_lines
from deals.orders.lineforms import Lines


def told(lines, values, actor, *, record=None):
    """For rows with data, and the currency, mark and contract as posted or known: one dict for the templates.

    `lines` has an entry for each row, None where no product is chosen; `sum` is None while a row cannot be read.
    """
    currency = values.get("currency") or settings.COMPANY_CURRENCY
    sound = bool(lines.filled) and lines.is_valid()
    total = order_lines.preview(lines.values(), currency, marked=bool(values.get("marked_special"))) if sound else None
    return {
        "lines": [_line(row, currency, actor) for row in lines.forms],
        "sum": total,
        "under": _under(values.get("contract"), total["amount"] if total else Decimal(0), currency, actor, record),
    }


def posted(data, actor, *, record=None):
    """The same for a posted form; a row whose button was pressed is left out."""
    return told(Lines.remaining(data, actor=actor), data, actor, record=record)


def known(rows, values, actor, *, record=None):
    """The same for lines that are known before anything is posted."""
    data = {f"lines-{place}-{name}": getattr(value, "pk", value) for place, row in enumerate(rows) for name, value in row.items()}
    return told(Lines(data | {"lines": str(len(rows))}, actor=actor), values, actor, record=record)


def _line(row, currency, actor):
    sound = row.is_valid()
    product = row.cleaned_data.get("product")
    return product and {
        "list_price": formats.money(product.list_price, settings.COMPANY_CURRENCY),
        "floor_price": _floor(product, actor),
        "unit": product.unit,
        "amount": formats.money(_amount(row.cleaned_data), currency) if sound else "",
    }


def _floor(product, actor):
    if product.floor_price is None or not readable(actor, "products.floor_price"):
        return ""
    return formats.money(product.floor_price, settings.COMPANY_CURRENCY)


def _amount(line):
    try:
        return pricing.amount_of(clean_lines([line])[0])
    except Invalid:
        return None


def _under(contract, own, currency, actor, record):
    """The chosen contract, what stands on it besides, and the warning; None where one of the amounts is not for this reader."""
    if not isinstance(contract, Contract):
        text = str(contract or "")
        contract = Contract.objects.visible_to(actor).filter(pk=int(text)).first() if text.isdecimal() and len(text) < 19 else None
    found = beside.beside(contract, own, currency, order=record)
    if found is None or not beside.may_read(actor):
        return None
    return {
        "number": contract.number,
        "amount": formats.money(contract.amount, currency),
        "others": formats.money(found.others, currency),
        "warning": beside.warning(found, actor) if own else "",
    }
