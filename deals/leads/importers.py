"""Leads from spreadsheets; those that became customers in an earlier program are converted on the day they did."""

from contextlib import nullcontext

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.accounts.models import Pool
from crm.core import clock
from crm.core.cleaning import Problems
from crm.importexport import cells
from crm.importexport.importers import Field, Importer, Related, external_id, importers
from crm.importexport.lookups import PERSON, by_columns, own_identity, to_change, twins_by_external_id
from crm.importexport.owners import change, owner_for
from customers.companies import regions
from customers.companies.importers import option, option_words
from customers.matching import importing
from deals.leads import alike, conversion, pools, services
from deals.leads.cleaning import clean
from deals.leads.models import Lead

LEAD = by_columns(Lead, "external_id")
SAME_ID = twins_by_external_id(Lead, gettext_lazy("A lead with this external ID exists already."))
# What is set apart from the values of a lead: whose it is, when it came, and what became of it.
COURSE = ("owner", "pool", "created_on", "converted_on", "became_company", "became_code", "became_external_id")


def _pools(texts, actor):
    return {pool.name: pool for pool in Pool.objects.filter(noun="leads", name__in=texts)}


FIELDS = (
    Field("name", gettext_lazy("Company or person"), "公司, 公司名称, 客户名称, 线索名称, 单位, company, company name, lead name, account"),
    Field("person", gettext_lazy("Person"), "姓名, 联系人, 联系人姓名, contact, contact name, full name"),
    Field("position", gettext_lazy("Position"), "职位, 职务, title, job title"),
    Field("mobile", gettext_lazy("Phone"), "手机, 电话, 手机号, 手机号码, 联系电话, mobile, telephone", key=True),
    Field("email", gettext_lazy("E-mail"), "邮箱, 电子邮箱, mail, email address", key=True),
    Field("wechat", gettext_lazy("WeChat"), "微信, 微信号"),
    Field("source", gettext_lazy("Source"), "来源, 线索来源, 渠道, lead source, origin, channel", parse=option("source"), out=option_words("source")),
    Field("industry", gettext_lazy("Industry"), "行业, 所属行业, sector", parse=option("industry"), out=option_words("industry")),
    Field("size", gettext_lazy("Size"), "规模, 公司规模", parse=option("size"), out=option_words("size")),
    Field("region", gettext_lazy("Region"), "地区, 城市, 省市, city", out=lambda row: regions.words(row.region)),
    Field("need", gettext_lazy("Need"), "需求, 客户需求, 备注, requirement, description, notes"),
    Field("tags", gettext_lazy("Tags"), "标签", parse=cells.several, out=lambda row: "、".join(row.tags)),
    Field("owner", gettext_lazy("Owner"), "负责人, 销售, 业务员, lead owner, sales rep", related=PERSON),
    Field("pool", gettext_lazy("Pool"), "公海, 线索池", related=Related(_pools)),
    Field("created_on", gettext_lazy("Came in"), "创建时间, 创建日期, 录入时间, 首次联系日期, first contact date, created, date", parse=cells.moment,
          out=lambda row: row.created_at),
    Field("converted_on", gettext_lazy("Converted"), "转化时间, 转化日期, 成交日期, won date, converted date", parse=cells.moment,
          help=gettext_lazy("The lead became a customer then; needs the name of the company.")),
    Field("became_company", gettext_lazy("Company it became"), "转化公司, 转化客户, converted account"),
    Field("became_code", gettext_lazy("Its credit code"), "转化客户信用代码"),
    Field("became_external_id", gettext_lazy("Its external ID"), "转化客户编号"),
    external_id(),
)  # fmt: skip


def check(values, by, record=None):
    """The values in their stored form, and what became of the lead."""
    course = {name: value for name in COURSE if (value := values.pop(name, None))}
    _check_course(course, record)
    if record is not None:
        return ({} if record.is_converted else clean(values, lead=record)) | course
    owner = course.get("owner")
    if not course.get("pool") or owner:
        owner = owner_for("leads", owner, by)
    values = clean(values)
    return {"values": values, **course, "owner": owner, "row": importing.Asked(alike.facts_of(values))}


def create_many(rows, *, by):
    """Add the leads as they came in, then convert those that became customers."""
    made = [None] * len(rows)
    for pool in {row.get("pool") for row in rows}:
        places = [place for place, row in enumerate(rows) if row.get("pool") == pool]
        owners, days = (iter([rows[place].get(name) for place in places]) for name in ("owner", "created_on"))
        leads = services.create_many(
            [rows[place]["values"] for place in places], by=by, pool=pool,
            owner_of=lambda _values, owners=owners: next(owners), born=lambda _values, days=days: next(days), is_checked=True,
        )  # fmt: skip
        for place, lead in zip(places, leads, strict=True):
            made[place] = lead
    importing.report(made, [row["row"] for row in rows], by)
    return [_converted(lead, row, by) for lead, row in zip(made, rows, strict=True)]


def update(record, values, *, by):
    """Change a lead, and convert it where the row says that it became a customer."""
    course = {name: value for name in COURSE if (value := values.pop(name, None))}
    if not record.is_converted:
        own = values | ({"owner": course["owner"]} if course.get("owner") else {})
        with _then(course):
            record = change(record, own, update=services.update, assign=_assign, by=by)
    return _converted(record, course, by)


def identities(row):
    """A lead is the same when the same company or person can be reached in the same way."""
    values = row["values"]
    ways = [(name, values[name]) for name in ("mobile", "email", "wechat") if values.get(name)]
    return [*(("way", values["name"], *way) for way in ways), *own_identity(values), importing.identity(row["row"])]


def twins(wanted, by):
    """Leads that are there already, by the rules of the house or by external ID; contacts and companies are only noted."""
    return SAME_ID(wanted, by) | importing.noted("leads", wanted, by)


def _assign(leads, *, to, by):
    return pools.assign(leads, to=to, by=by)


def _converted(lead, course, by):
    if not course.get("converted_on") or lead.is_converted:
        return lead
    names = {"name": "became_company", "credit_code": "became_code", "external_id": "became_external_id"}
    company = {field: course[name] for field, name in names.items() if course.get(name)}
    reason = "" if company.get("credit_code") else _("Became a customer in an earlier program.")
    with _then(course):
        return conversion.convert(lead, by=by, company=company, code_reason=reason)


def _then(course):
    """The time at which the lead became a customer; now where it did not."""
    return clock.at(course["converted_on"]) if course.get("converted_on") else nullcontext()


def _check_course(course, record):
    problems = Problems()
    for name in ("created_on", "converted_on"):
        if course.get(name) and course[name] > clock.now():
            problems.add(name, gettext_lazy("This time lies in the future."))
    if course.get("converted_on") and not course.get("became_company") and not (record and record.is_converted):
        problems.required(course, "became_company")
    problems.check()


importers.add(
    "leads",
    Importer(
        "leads", gettext_lazy("Leads"), Lead, FIELDS, clean=check, create_many=create_many, update=update,
        delete=services.delete, identities=identities, twins=twins, find=to_change(Lead), related=("owner", "pool"),
        url_name="deals:leads:list",
    ),
)  # fmt: skip
