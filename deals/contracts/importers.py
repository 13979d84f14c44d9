"""Contracts from spreadsheets; signed ones are signed on their day."""

from contextlib import nullcontext

from django.utils.translation import gettext_lazy as _

from crm.core import clock
from crm.core.errors import Invalid
from crm.importexport import cells
from crm.importexport.importers import Field, Importer, external_id, importers, one_by_one
from crm.importexport.lookups import PERSON, by_columns, own_identity, to_change, twins_by_external_id
from crm.importexport.owners import owner_for
from customers.companies.importers import COMPANY
from deals.contracts import services
from deals.contracts.cleaning import carried, clean
from deals.contracts.models import Contract
from deals.opportunities.importers import OPPORTUNITY

CONTRACT = by_columns(Contract, "external_id", "number", related=("company",))
FIELDS = (
    Field("name", _("Name"), "合同名称, 合同标题, contract, contract name, title", required=True),
    Field("company", _("Company"), "客户, 客户名称, 公司, 公司名称, 甲方, account, customer", required=True, related=COMPANY),
    Field("opportunity", _("Opportunity"), "商机, 商机名称, deal", related=OPPORTUNITY),
    Field("amount", _("Amount"), "金额, 合同金额, 合同总额, total, value", required=True, parse=cells.money),
    Field("currency", _("Currency"), "币种", out=lambda row: row.currency),
    Field("starts_on", _("Starts"), "开始日期, 生效日期, 起始日期, start date", parse=cells.day),
    Field("ends_on", _("Ends"), "结束日期, 到期日期, 截止日期, end date, expires", parse=cells.day),
    Field("signed_on", _("Signed on"), "签订日期, 签约日期, 签署日期, sign date, signed", parse=cells.day),
    Field("payment_terms", _("Payment terms"), "付款条件, 付款方式, 结算方式"),
    Field("signatory", _("Signed by the customer's"), "客户签约人, 签约人"),
    Field("notes", _("Notes"), "备注, 说明, remarks"),
    Field("owner", _("Owner"), "负责人, 销售, 业务员, sales rep", related=PERSON),
    external_id(_("Contract number")),
)  # fmt: skip


def check(values, by, record=None):
    """The values in their stored form, with owner and day of signature beside them."""
    owner, signed_on = values.pop("owner", None), values.pop("signed_on", None)
    if record is not None:
        return clean(values, contract=record)
    if signed_on and signed_on > clock.today():
        raise Invalid(_("This day lies in the future."), field="signed_on", code="future")
    return {"values": clean(carried(values)), "owner": owner_for("contracts", owner, by), "signed_on": signed_on}


def create(row, by):
    """Draft a contract, and sign it where both sides have."""
    signed_on = row["signed_on"]
    with clock.at(clock.moment_on(signed_on)) if signed_on else nullcontext():
        contract = services.create(row["values"], by=by, owner=row["owner"])
        return services.sign(contract, signed_on=signed_on, by=by) if signed_on else contract


def update(record, values, *, by):
    """Change a draft; once signed, only notes and external ID."""
    return services.update(record, {name: value for name, value in values.items() if name not in ("owner", "signed_on")}, by=by)


importers.add(
    "contracts",
    Importer(
        "contracts", _("Contracts"), Contract, FIELDS, clean=check, create_many=one_by_one(create), update=update,
        delete=services.delete, identities=lambda row: own_identity(row["values"]),
        twins=twins_by_external_id(Contract, _("A contract with this external ID exists already.")),
        find=to_change(Contract), related=("owner", "company", "opportunity"), url_name="deals:contracts:list",
    ),
)  # fmt: skip
