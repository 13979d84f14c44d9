"""Companies from spreadsheets, and how other sheets name a company."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.core.errors import Invalid
from crm.core.ids import WARNING, credit_code_problem
from crm.importexport import cells, pieces
from crm.importexport.importers import UNKNOWN_WORD, Field, Importer, external_id, importers
from crm.importexport.lookups import PERSON, by_columns, own_identity, to_change, twins_by_external_id
from crm.importexport.owners import change, owner_for, together
from customers.companies import alike, known, options, regions, services
from customers.companies.cleaning import clean
from customers.companies.models import Company, Grade
from customers.matching import importing
from customers.matching.firmnames import name_key

THROUGH = {"name": ("name_key", name_key)}
COMPANY = by_columns(Company, "external_id", "credit_code", "name", through=THROUGH)
SAME_ID = twins_by_external_id(Company, _("A company with this external ID exists already."))


def option_words(name):
    """The words of an option in an export."""
    return lambda record: options.labels(name).get(getattr(record, name), getattr(record, name))


def option(name):
    """A reader for an administrator's list: its code, or its words in either language. A word that is not on it costs the row nothing but the field."""

    def read(cell, style=cells.PLAIN):
        typed = cells.text(cell)
        code = options.code_of(name, typed) if typed else ""
        if code is None:
            raise Invalid(_("“%(value)s” is not one of the choices; the field stays empty.") % {"value": typed[:80]}, code=UNKNOWN_WORD)
        return code

    return read


FIELDS = (
    Field("name", _("Company name"), "公司名称, 客户名称, 公司, 企业名称, 单位名称, 客户, company, account, account name", required=True, key=True),
    Field("short_name", _("Short name"), "简称, 客户简称, 公司简称"),
    Field("credit_code", _("Unified social credit code"), "统一社会信用代码, 信用代码, 社会信用代码, 税号, 纳税人识别号, tax number, tax id, uscc", key=True),
    Field("parent", _("Group"), "所属集团, 集团, 上级公司, 母公司, 上级客户, parent, parent account, subsidiary of",
          related=by_columns(Company, "external_id", "credit_code", "name", through=THROUGH, itself=True)),
    Field("industry", _("Industry"), "行业, 所属行业, sector", parse=option("industry"), out=option_words("industry")),
    Field("size", _("Size"), "公司规模, 规模, 公司规模, 企业规模", parse=option("size"), out=option_words("size")),
    Field("employees", _("Employees"), "员工数量, 员工数, 人数, 员工人数, number of employees", parse=cells.whole),
    Field("revenue", _("Yearly revenue"), "年营收, 年营业额, 营业收入, 年收入, annual revenue", parse=cells.money),
    Field("established", _("Founded in"), "成立年, 成立年份, 成立时间, year established, founded", parse=cells.year),
    Field("region", _("Region"), "地区, 省市区, 所在地区, 城市, 省市, city", out=lambda record: regions.words(record.region)),
    Field("address", _("Address"), "地址, 详细地址, 公司地址, 办公地址, street, office location"),
    Field("phone", _("Switchboard"), "总机, 公司电话, 电话, 总机号码, 座机, telephone"),
    Field("website", _("Website"), "网站, 网址, 公司网站, 官方网站, url, homepage"),
    Field("source", _("Source"), "来源, 客户来源, 来源渠道, lead source", parse=option("source"), out=option_words("source")),
    Field("grade", _("Grade"), "等级, 客户等级, 客户级别, 级别, rating", parse=cells.one_of(Grade.choices)),
    Field("tags", _("Tags"), "标签, 客户标签", parse=cells.several, out=lambda record: "、".join(record.tags)),
    Field("notes", _("Notes"), "备注, 说明, 描述, remarks, comment, description"),
    Field("owner", _("Owner"), "负责人, 客户负责人, 销售, 销售负责人, 业务员, account owner, sales rep", related=PERSON),
    external_id(),
)  # fmt: skip


def apart(values):
    """The values of a new company with one number for its switchboard; where the cell holds several, the others go to the notes."""
    first, *others = pieces.numbers(values.get("phone")) or [None]
    if not others:
        return values
    noted = _("Further numbers: %(numbers)s") % {"numbers": ", ".join(others)}
    return values | {"phone": first, "notes": "\n".join(filter(None, [values.get("notes"), noted]))}


def check(values, by, record=None):
    """The values in their stored form, with the owner beside them."""
    owner = values.pop("owner", None)
    cleaned = clean(values if record else apart(values), company=record)
    if record is None:
        return cleaned | {"owner": owner_for("companies", owner, by), "row": importing.Asked(alike.facts_of(cleaned))}
    return cleaned | ({"owner": owner} if owner else {})


def create_many(rows, *, by):
    """Add the companies of clean rows, which `twins` has compared with those that are there."""
    values = [{name: value for name, value in row.items() if name != "row"} for row in rows]
    made = together(values, services.create_many, by=by, is_checked=True)
    importing.report(made, [row["row"] for row in rows], by)
    return made


def update(record, values, *, by):
    """Change a company, and hand it over where the row names another owner."""
    return change(record, values, update=services.update, assign=services.assign, by=by)


def identities(values):
    """What makes the row the same as a company that is there, or as an earlier row."""
    return [*known.identities(values), *own_identity(values), importing.identity(values["row"])]


def twins(wanted, by):
    """Companies that are there already, by the rules of the house or by external ID."""
    return SAME_ID(wanted, by) | importing.noted("companies", wanted, by)


def warn(values):
    """A check character that does not fit is said, not refused (A5.1)."""
    problem = credit_code_problem(values["credit_code"]) if values.get("credit_code") else None
    return [("credit_code", "check_character", problem[1])] if problem and problem[0] == WARNING else []


importers.add(
    "companies",
    Importer(
        "companies", pgettext_lazy("kind of record", "Companies"), Company, FIELDS, clean=check, create_many=create_many, update=update,
        delete=services.delete, identities=identities, twins=twins, find=to_change(Company, THROUGH), warn=warn,
        related=("owner", "parent"), ahead=True, url_name="customers:companies:list",
    ),
)  # fmt: skip
