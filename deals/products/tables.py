"""The columns and orders of products."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm.core.keyset import Sort
from crm.web import components, formats
from crm.web.amounts import amount_cell
from crm.web.tables import Column, Table, text_cell

BY_CHANGE = Sort("updated", _("Last changed first"), "updated_at", descending=True)
BY_NAME = Sort("name", _("Name A to Z"), "sort_key", label_reversed=_("Name Z to A"))


def state_cell(row, page):
    """Whether it can be ordered."""
    return page.once(("on sale", row.is_active), lambda: state_of(row))


def state_of(product):
    """Whether a product can be ordered, as a status."""
    return components.status("ok", gettext("On sale")) if product.is_active else components.status("mute", gettext("Not sold any more"), "archive")


TABLE = Table(
    noun="products",
    row_url=lambda row: f"/deals/products/{row.pk}/",
    sorts=[BY_CHANGE, BY_NAME],
    columns=[
        Column("name", _("Product"), text_cell("name"), sort=BY_NAME, main=True, phone="p1", position=1),
        Column("code", _("Code"), text_cell("code"), phone="p2", position=10),
        Column("category", _("Category"), lambda row, page: str(row.category or ""), value=lambda row: str(row.category or ""), position=20),
        Column(
            "list_price",
            _("List price (CNY)"),
            lambda row, page: formats.money_plain(row.list_price),
            value=lambda row: row.list_price,
            numeric=True,
            phone="p3",
            position=30,
        ),
        Column(
            "floor_price",
            _("Floor price (CNY)"),
            amount_cell("products.floor_price", "floor_price"),
            value=lambda row: row.floor_price,
            numeric=True,
            guarded="products.floor_price",
            position=40,
        ),
        Column("unit", _("Unit"), text_cell("unit"), position=50),
        Column(
            "tax_rate",
            _("Tax rate"),
            lambda row, page: formats.percent(row.tax_rate / 100, 0 if row.tax_rate == int(row.tax_rate) else 2),
            value=lambda row: row.tax_rate,
            numeric=True,
            position=60,
        ),
        Column(
            "state", _("State"), state_cell, value=lambda row: gettext("On sale") if row.is_active else gettext("Not sold any more"), phone="p4", position=70
        ),
        Column("external_id", _("External ID"), text_cell("external_id"), shown=False),
        Column("created", _("Created"), lambda row, page: formats.day(row.created_at), value=lambda row: row.created_at, shown=False),
    ],
)
