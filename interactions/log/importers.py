"""Interactions of earlier times from spreadsheets, with their real author and date."""

from django.utils.translation import gettext_lazy as _

from crm.core import clock
from crm.importexport import cells
from crm.importexport.importers import Field, Importer, Twin, external_id, importers, one_by_one
from crm.importexport.lookups import PERSON, own_identity, to_change, twins_by_external_id
from crm.importexport.owners import owner_for
from customers.companies.importers import COMPANY
from customers.contacts.importing import CONTACT
from interactions.followups.models import Channel
from interactions.log import services
from interactions.log.cleaning import clean
from interactions.log.models import Interaction, Outcome

SAME_ID = twins_by_external_id(Interaction, _("An interaction with this external ID exists already."))
FIELDS = (
    Field("at", _("Time"), "时间, 日期, 沟通时间, 联系时间, 跟进时间, 拜访时间, date, when, contact date", required=True, parse=cells.moment),
    Field("channel", _("Channel"), "方式, 沟通方式, 联系方式, 渠道, 跟进方式, type, way", required=True, parse=cells.one_of(
        [*Channel.choices, ("phone", "call"), ("phone", "电话沟通"), ("email", "mail"), ("visit", "上门拜访"), ("wechat", "wechat")])),
    Field("company", _("Company"), "客户, 客户名称, 公司, 公司名称, account, customer", related=COMPANY),
    Field("contact", _("Contact"), "联系人, 姓名, person", related=CONTACT),
    Field("owner", _("Author"), "跟进人, 记录人, 负责人, 销售, 业务员, owner, by, sales rep", related=PERSON),
    Field("subject", _("Subject"), "主题, 标题, title"),
    Field("key_points", _("Key points"), "要点, 沟通内容, 内容, 沟通记录, 跟进内容, notes, content, summary"),
    Field("question", _("Customer's question"), "客户问题, 问题"),
    Field("answer", _("Our answer"), "回复, 答复, 解答"),
    Field("outcome", _("Outcome"), "结果, 沟通结果", parse=cells.one_of(Outcome.choices)),
    Field("satisfaction", _("Satisfaction"), "满意度, 评分, rating", parse=cells.whole),
    Field("minutes", _("Minutes"), "时长, 分钟, 通话时长, duration", parse=cells.whole),
    Field("is_inbound", _("The customer contacted us"), "客户来电, 呼入, inbound", parse=cells.yes),
    Field("next_step", _("Next step"), "下一步, 下步计划, 后续计划"),
    external_id(),
)  # fmt: skip


def check(values, by, record=None):
    """The values in their stored form, with the author beside them."""
    author = values.pop("owner", None)
    cleaned = clean(values, by=by, interaction=record)
    return cleaned if record else cleaned | {"owner": owner_for("interactions", author, by)}


def create(row, by):
    """Log one as if it had just been said, at its own time; no promise of today is kept by it."""
    values = {name: value for name, value in row.items() if name != "owner"}
    with clock.at(row["at"]):
        return services.log(values, by=by, owner=row["owner"], done=[])


def update(record, values, *, by):
    """Correct an interaction; whom it concerned stays."""
    own = {name: value for name, value in values.items() if name not in ("owner", "company", "contact")}
    return services.update(record, own, by=by)


def identities(row):
    """One customer, one moment, one subject: the same interaction."""
    concerned = (row.get("company") and row["company"].pk, row.get("contact") and row["contact"].pk)
    return [("at", row["at"], *concerned, row["subject"]), *own_identity(row)]


def twins(wanted, by):
    """Interactions that are there already."""
    found = SAME_ID(wanted, by)
    moments = {key[1] for key in wanted if key[0] == "at"}
    for row in Interaction.objects.live().filter(at__in=moments) if moments else ():
        key = ("at", row.at, row.company_id, row.contact_id, row.subject)
        found[key] = Twin(row, "at", _("This interaction is there already."))
    return {key: twin for key, twin in found.items() if key in wanted}


importers.add(
    "interactions",
    Importer(
        "interactions", _("Interactions"), Interaction, FIELDS, clean=check, create_many=one_by_one(create), update=update,
        delete=services.delete, identities=identities, twins=twins, find=to_change(Interaction),
        related=("owner", "company", "contact"), url_name="interactions:log:list",
    ),
)  # fmt: skip
