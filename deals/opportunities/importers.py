"""Opportunities from spreadsheets: running ones keep their stage, closed ones are closed on the day they were.

Won ones go through an order: rooms above register in `closers` how one is placed.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.core import clock
from crm.core.cleaning import Problems
from crm.core.registry import Registry
from crm.core.text import pinyin_key
from crm.importexport import cells
from crm.importexport.importers import Field, Importer, Related, external_id, importers
from crm.importexport.lookups import PERSON, by_columns, own_identity, to_change, twins_by_external_id
from crm.importexport.owners import change, owner_for
from customers.companies.importers import COMPANY, option, option_words
from deals.opportunities import services
from deals.opportunities.bulk import create_many as open_many
from deals.opportunities.cleaning import clean
from deals.opportunities.losing import lose_many
from deals.opportunities.models import LostReason, Opportunity, Stage
from deals.opportunities.stages import first_stage
from deals.products.importers import PRODUCT

Kind = Stage.Kind
# What is set apart from the values of an opportunity: how it went on.
COURSE = ("owner", "stage", "opened_on", "closed_on", "lost_reason", "competitor", "lost_note")
CLOSED = (Kind.WON, Kind.LOST)


@dataclass(frozen=True)
class Closer:
    """How a room above closes many opportunities: `refusal(row, by)` says why not, `close(pairs, by)` does it.

    A row has the `values` of the opportunity, its `owner` and `closed_on`; the pairs are of opportunity and row.
    """

    refusal: Callable
    close: Callable


closers: Registry[Closer] = Registry("closer")


def words_of(model):
    """Find rows of a small table by code or by name in either language."""

    def find(texts, actor):
        found = {}
        for row in model.objects.all():
            names = {row.code.casefold(), row.name.casefold(), row.name_en.casefold()}
            found |= {text: row for text in texts if text.casefold() in names}
        return found

    return Related(find)


FIELDS = (
    Field("name", gettext_lazy("Name"), "商机名称, 商机, 机会名称, 项目名称, opportunity, opportunity name, deal, deal name"),
    Field("company", gettext_lazy("Company"), "客户, 客户名称, 公司, 公司名称, account, account name, customer", related=COMPANY),
    Field("product", gettext_lazy("Product"), "产品, 产品名称, 意向产品, item", related=PRODUCT),
    Field("stage", gettext_lazy("Stage"), "阶段, 销售阶段, 商机阶段, 状态, deal stage, sales stage, status", related=words_of(Stage),
          out=lambda row: str(row.stage)),
    Field("owner", gettext_lazy("Owner"), "负责人, 销售, 业务员, sales agent, sales rep, opportunity owner", related=PERSON),
    Field("amount", gettext_lazy("Expected amount"), "金额, 预计金额, 商机金额, 成交金额, value, close value, deal value, amount", parse=cells.money),
    Field("currency", gettext_lazy("Currency"), "币种"),
    Field("expected_close", gettext_lazy("Expected close"), "预计成交日期, 预计成交, 预计签单日期, expected close date", parse=cells.day),
    Field("opened_on", gettext_lazy("Opened"), "创建日期, 创建时间, 建立日期, engage date, created", parse=cells.moment, out=lambda row: row.opened_at),
    Field("closed_on", gettext_lazy("Closed"), "成交日期, 关闭日期, 结束日期, 赢单日期, close date", parse=cells.moment, out=lambda row: row.closed_at),
    Field("source", gettext_lazy("Source"), "来源, 商机来源, lead source", parse=option("source"), out=option_words("source")),
    Field("need", gettext_lazy("Need"), "需求, 客户需求, requirement, description"),
    Field("lost_reason", gettext_lazy("Reason for loss"), "输单原因, 丢单原因, 失败原因, loss reason", related=words_of(LostReason),
          out=lambda row: str(row.lost_reason or "")),
    Field("competitor", gettext_lazy("Competitor"), "竞争对手"),
    Field("lost_note", gettext_lazy("What happened"), "输单说明, 失败说明, loss note"),
    external_id(),
)  # fmt: skip


def check(values, by, record=None):
    """The values in their stored form, and how the opportunity went on."""
    if record is not None:
        course = {name: values.pop(name, None) for name in COURSE}
        return clean(values, opportunity=record) | ({"owner": course["owner"]} if course["owner"] else {})
    course = {name: values.pop(name, None) for name in COURSE}
    course["owner"] = owner_for("opportunities", course["owner"], by)
    course["stage"] = course["stage"] or first_stage()
    closed = course["stage"].kind in CLOSED
    day = course["opened_on"]
    values["name"] = values.get("name") or _name_of(values)
    cleaned = clean(values, opened_on=day and day.date(), company_may_come_later=not closed)
    row = course | {"values": cleaned}
    _check_course(row, closed)
    closer = closers.get(course["stage"].kind)
    if closer and (refusal := closer.refusal(row, by)):
        raise refusal
    return row


def warn(row):
    """An opportunity of an earlier program may lack its company; it is taken, and said."""
    if row.get("values", row).get("company") or "values" not in row:
        return []
    return [("company", "no_company", gettext_lazy("No company is named; the opportunity is kept without one."))]


def create_many(rows, *, by):
    """Open all of them as they were, then close those that were won or lost, each on its day."""
    in_order = iter(rows)
    current = {}

    def owner_of(_values):
        current["row"] = next(in_order)
        return current["row"]["owner"]

    made = open_many(
        [row["values"] for row in rows],
        by=by,
        owner_of=owner_of,
        opened=lambda _values: current["row"]["opened_on"] or current["row"]["closed_on"],
        stage_of=lambda _values: current["row"]["stage"] if current["row"]["stage"].kind == Kind.OPEN else None,
    )
    pairs = list(zip(made, rows, strict=True))
    for kind, closer in closers.items():
        closing = [(opportunity, row) for opportunity, row in pairs if row["stage"].kind == kind]
        if closing:
            closer.close(closing, by)
    return made


def identities(row):
    """An opportunity is known by its external ID alone: two sales of one product to one company are two."""
    return own_identity(row["values"])


def update(record, values, *, by):
    """Change the fields of an opportunity; its stage goes its own way."""
    own = {name: value for name, value in values.items() if name not in COURSE or name == "owner"}
    return change(record, own, update=services.update, assign=services.assign, by=by)


def _name_of(values):
    """What an opportunity is called where the sheet gives it no name: company and product, else its number."""
    parts = [str(values[name]) for name in ("company", "product") if values.get(name)]
    return " · ".join(parts) or values.get("external_id") or ""


def _check_course(row, closed):
    problems = Problems()
    opened, closed_on, now = row["opened_on"], row["closed_on"], clock.now()
    if row["stage"].kind not in (Kind.OPEN, *CLOSED):
        problems.add("stage", _("An import brings open, won and lost opportunities; this stage follows by itself."))
    if closed and closed_on is None:
        problems.add("closed_on", _("When was it closed? A won or lost opportunity needs the day."))
    if opened and opened > now:
        problems.add("opened_on", _("This time lies in the future."))
    if closed and closed_on and closed_on > now:
        problems.add("closed_on", _("This time lies in the future."))
    if closed and opened and closed_on and closed_on < opened:
        problems.add("closed_on", _("It cannot be closed before it was opened."))
    problems.check()


def _lose(pairs, by):
    reason = LostReason.objects.get(code="other_other")
    losses = {
        opportunity.pk: {
            "lost_at": row["closed_on"],
            "reason": row["lost_reason"] or reason,
            "competitor": row["competitor"] or _("not recorded"),
            "note": row["lost_note"] or _("Imported: the earlier program recorded no reason."),
        }
        for opportunity, row in pairs
    }
    lost = {row.pk: row.version for row in lose_many(losses, by=by)}
    for opportunity, _row in pairs:
        opportunity.version = lost[opportunity.pk]


closers.add(Kind.LOST, Closer(lambda row, by: None, _lose))
importers.add(
    "opportunities",
    Importer(
        "opportunities", gettext_lazy("Opportunities"), Opportunity, FIELDS, clean=check, create_many=create_many,
        update=update, delete=services.delete, identities=identities, warn=warn,
        twins=twins_by_external_id(Opportunity, gettext_lazy("An opportunity with this external ID exists already.")),
        find=to_change(Opportunity), related=("owner", "company", "product", "stage", "lost_reason"), url_name="deals:opportunities:list",
    ),
)  # fmt: skip
OPPORTUNITY = by_columns(Opportunity, "external_id", "name", through={"name": ("sort_key", lambda name: pinyin_key(name)[:200])}, related=("company",))
