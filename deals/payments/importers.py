"""Money received in earlier times, from spreadsheets: each row settles an order."""

from django.utils.translation import gettext_lazy as _

from crm.core import clock
from crm.core.cleaning import Problems
from crm.importexport import cells
from crm.importexport.importers import Field, Importer, external_id, importers, one_by_one
from crm.importexport.lookups import own_identity, twins_by_external_id
from deals.orders.importers import ORDER
from deals.payments import services
from deals.payments.cleaning import clean
from deals.payments.models import Payment

FIELDS = (
    Field("order", _("Order"), "订单, 订单号, 订单编号, order number", required=True, related=ORDER),
    Field("amount", _("Amount"), "金额, 回款金额, 到账金额, 收款金额, paid, received", required=True, parse=cells.money),
    Field("received_on", _("Received on"), "回款日期, 到账日期, 收款日期, 日期, date, paid on, payment date", required=True, parse=cells.day),
    Field("method", _("Method"), "付款方式, 收款方式, 回款方式, way", parse=cells.one_of(Payment.Method.choices)),
    Field("payer", _("Payer"), "付款方, 付款人, 付款单位"),
    Field("reference", _("Reference"), "流水号, 交易号, 凭证号, transaction"),
    Field("notes", _("Notes"), "备注, 说明, remarks"),
    external_id(),
)  # fmt: skip


def check(values, by, record=None):
    """The values in their stored form, with the order beside them."""
    order, problems = values.pop("order", None), Problems()
    problems.required({"order": order}, "order")
    problems.check()
    return {"values": clean(values), "order": order}


def create(row, by):
    """Receive the money on its day."""
    with clock.at(clock.moment_on(row["values"]["received_on"])):
        return services.receive(row["order"], row["values"], by=by)


importers.add(
    "payments",
    Importer(
        "payments", _("Payments"), Payment, FIELDS, clean=check, create_many=one_by_one(create),
        delete=services.withdraw, identities=lambda row: own_identity(row["values"]),
        twins=twins_by_external_id(Payment, _("A payment with this external ID exists already.")),
        related=("order", "company", "owner"), url_name="deals:payments:list",
    ),
)  # fmt: skip
