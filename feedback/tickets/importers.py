"""Feedback of earlier times from spreadsheets; what was solved is solved on its day."""

from django.utils.translation import gettext_lazy as _

from crm.core import clock
from crm.core.cleaning import Problems
from crm.importexport import cells
from crm.importexport.importers import Field, Importer, external_id, importers, one_by_one
from crm.importexport.lookups import PERSON, own_identity, to_change, twins_by_external_id
from crm.importexport.owners import owner_for
from customers.companies.importers import COMPANY
from customers.contacts.importing import CONTACT
from deals.products.importers import PRODUCT
from feedback.tickets import services
from feedback.tickets.cleaning import clean
from feedback.tickets.models import Ticket

COURSE = ("owner", "resolution", "resolved_on", "satisfaction")
FIELDS = (
    Field("content", _("What the customer said"), "内容, 反馈内容, 问题描述, 描述, description, feedback", required=True),
    Field("category", _("Category"), "分类, 类别, 反馈类型, 类型, type", required=True, parse=cells.one_of(Ticket.Category.choices)),
    Field("name", _("Subject"), "主题, 标题, title"),
    Field("company", _("Company"), "客户, 客户名称, 公司, 公司名称, account, customer", related=COMPANY),
    Field("contact", _("Contact"), "联系人, 反馈人, 姓名, person", related=CONTACT),
    Field("product", _("Product"), "产品, 产品名称, item", related=PRODUCT),
    Field("channel", _("Channel"), "渠道, 反馈渠道, 来源", parse=cells.one_of(Ticket.Channel.choices)),
    Field("priority", _("Priority"), "优先级, 紧急程度", parse=cells.one_of([*Ticket.Priority.choices, *[(code, code) for code in Ticket.Priority.values]])),
    Field("tags", _("Tags"), "标签", parse=cells.several, out=lambda row: "、".join(row.tags)),
    Field("received_at", _("Received"), "反馈时间, 反馈日期, 提交时间, 受理时间, 日期, date, created", parse=cells.moment),
    Field("due_at", _("Due"), "截止时间, 要求完成时间, due date", parse=cells.moment),
    Field("owner", _("Owner"), "负责人, 处理人, 客服, assignee, agent", related=PERSON),
    Field("resolved_on", _("Resolved"), "解决时间, 解决日期, 完成时间, resolved on", parse=cells.moment, out=lambda row: row.resolved_at),
    Field("resolution", _("What we did"), "处理结果, 解决方案, 处理措施"),
    Field("satisfaction", _("Satisfaction"), "满意度, 评分, rating", parse=cells.whole),
    external_id(),
)  # fmt: skip


def check(values, by, record=None):
    """The values in their stored form, with owner and solution beside them."""
    course = {name: values.pop(name, None) for name in COURSE}
    values = {name: value for name, value in values.items() if value not in (None, "")}
    if record is not None:
        return clean(values, ticket=record)
    problems, received = Problems(), values.get("received_at") or clock.now()
    if course["resolved_on"]:
        problems.required(course, "resolution")
        if not received <= course["resolved_on"] <= clock.now():
            problems.add("resolved_on", _("It was solved after it came in, and before now."))
    if course["satisfaction"] is not None and course["satisfaction"] not in range(1, 6):
        problems.add("satisfaction", _("Satisfaction is a figure from 1 to 5."))
    problems.check()
    return course | {"values": clean(values), "owner": owner_for("tickets", course["owner"], by), "received_at": received}


def create(row, by):
    """Take it in when it came in; solve and close it when it was."""
    with clock.at(row["received_at"]):
        ticket = services.create(row["values"] | {"received_at": row["received_at"]}, by=by, owner=row["owner"])
    if row["resolved_on"]:
        with clock.at(row["resolved_on"]):
            ticket = services.resolve(ticket, resolution=row["resolution"], by=by)
            ticket = services.close(ticket, by=by, satisfaction=row["satisfaction"])
    return ticket


def update(record, values, *, by):
    """Change open feedback."""
    return services.update(record, {name: value for name, value in values.items() if name not in COURSE}, by=by)


importers.add(
    "feedback",
    Importer(
        "feedback", _("Feedback"), Ticket, FIELDS, clean=check, create_many=one_by_one(create), update=update,
        delete=services.delete, identities=lambda row: own_identity(row["values"]),
        twins=twins_by_external_id(Ticket, _("Feedback with this external ID exists already.")),
        find=to_change(Ticket), needs="tickets.import", related=("owner", "company", "contact", "product"),
        url_name="feedback:tickets:list",
    ),
)  # fmt: skip
