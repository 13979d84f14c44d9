"""What an order may look like: one set of rules for page, import and API."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from crm.core.cleaning import Problems, tidy
from crm.core.errors import Invalid
from crm.core.figures import figure
from deals.orders.models import Order

FIELDS = ("company", "contract", "opportunity", "currency", "marked_special", "notes", "external_id")
LINE_FIELDS = ("product", "quantity", "unit_price", "discount")
# How each figure of a line is bounded; the quantity may be a thousandth, never nothing.
FIGURES = {
    "quantity": {"digits": 14, "places": 3, "least": Decimal("0.001")},
    "unit_price": {"least": 0},
    "discount": {"digits": 5, "least": 0, "most": 100},
}
STRANGERS = {
    "contract": _("This contract belongs to another company."),
    "opportunity": _("This opportunity belongs to another company."),
}
MOST_LINES = 500
LARGEST = Decimal(10) ** 16


def clean(values, *, order=None):
    """The values in their stored form, or one refusal that names every problem; only the given fields are looked at."""
    unknown = set(values) - set(FIELDS)
    if unknown:
        raise Invalid(_("This field cannot be set."), field=min(unknown), code="unknown_field")
    values, problems = tidy(values), Problems()
    if order is None or "company" in values:
        problems.required(values, "company")
    problems.length(values, Order)
    problems.choices(values, Order)
    _clean_company(values, order, problems)
    problems.check()
    return values


def carried(values):
    """The values, and what is known already from the contract and the opportunity for those that were not given."""
    values = {name: value for name, value in values.items() if value not in (None, "")}
    contract = values.get("contract")
    if contract is not None:
        values = {"company": contract.company, "opportunity": contract.opportunity, "currency": contract.currency} | values
    opportunity = values.get("opportunity")
    if opportunity is not None:
        values = {"company": opportunity.company, "currency": opportunity.currency} | values
    return values


def clean_lines(lines, *, known=()):
    """The lines in their stored form; a problem is named `lines.0.quantity`. `known` are the ids of products on the order already."""
    problems = Problems()
    if not lines:
        problems.add("lines", _("An order needs at least one product."))
    if len(lines) > MOST_LINES:
        problems.add("lines", _("At most %(limit)d lines.") % {"limit": MOST_LINES})
    cleaned = [_clean_line(line, f"lines.{place}", problems, known) for place, line in enumerate(lines[:MOST_LINES])]
    problems.check()
    # Far above any price, and far below where Decimal would have to round.
    if sum(line["quantity"] * line["unit_price"] for line in cleaned) >= LARGEST:
        raise Invalid(_("This number is too large."), field="lines", code="too_large")
    return cleaned


def _clean_line(line, name, problems, known):
    product = line.get("product")
    if product is None:
        problems.add(f"{name}.product", _("This is required."))
    elif not product.is_active and product.pk not in known:
        problems.add(f"{name}.product", _("%(product)s is not sold any more.") % {"product": product})
    usual = {"quantity": 1, "unit_price": product.list_price if product else 0, "discount": 0}
    values = {"product": product}
    for field, bounds in FIGURES.items():
        given = line.get(field)
        with problems.of(f"{name}.{field}"):
            values[field] = figure(usual[field] if given in (None, "") else given, **bounds)
    return values


def _clean_company(values, order, problems):
    company = values.get("company") or (order and order.company)
    if order is not None and company != order.company:
        problems.add("company", _("An order stays with its company."))
    for field, message in STRANGERS.items():
        parent = values.get(field)
        if parent is not None and company is not None and parent.company_id != company.pk:
            problems.add(field, message)
