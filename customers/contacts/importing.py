"""People from spreadsheets, and how other sheets name a person."""

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from crm.core.errors import Invalid
from crm.core.text import pinyin_key
from crm.importexport import cells
from crm.importexport.importers import SEVERAL, Field, external_id, same_fields
from crm.importexport.lookups import PERSON, by_columns, own_identity, to_change, twins_by_external_id
from crm.importexport.owners import change, owner_for, together
from customers.companies import regions
from customers.companies.importers import COMPANY, option, option_words
from customers.contacts import alike, services, several, twins, waylists
from customers.contacts.cleaning import clean
from customers.contacts.models import Contact, ContactPoint, DecisionRole, Gender
from customers.contacts.points import point
from customers.matching import importing

THROUGH = {"name": ("sort_key", lambda name: pinyin_key(name, person=True)[:200])}
CONTACT = by_columns(Contact, "external_id", "name", through=THROUGH, related=("company",))
SAME_ID = twins_by_external_id(Contact, _("A contact with this external ID exists already."))
WAYS = ("mobile", "email")
# What stands beside the clean values of a new row.
BESIDE = {"row", "draft"}


def way(name):
    """The main number or address of a kind in an export."""

    def cell(record):
        found = waylists.main_of(list(record.points.all()), name)
        return found.value if found else ""

    return cell


FIELDS = (
    Field("name", _("Name"), "姓名, 联系人, 联系人姓名, contact, contact name, full name", required=True),
    Field("company", _("Company"), "客户, 客户名称, 公司, 公司名称, 单位, account, account name, organisation", related=COMPANY),
    Field("position", _("Position"), "职位, 职务, 岗位, title, job title"),
    Field("department", _("Department"), "部门"),
    Field("mobile", _("Mobile"), "手机, 手机号, 手机号码, 移动电话, 联系电话, 电话, cell, cell phone, mobile phone", key=True, out=way("mobile")),
    Field("phone", _("Phone"), "座机, 固定电话, 办公电话, telephone, landline, work phone", out=way("phone")),
    Field("email", _("E-mail"), "邮箱, 电子邮箱, 电子邮件, mail, email address, e-mail address", key=True, out=way("email")),
    Field("wechat", _("WeChat"), "微信, 微信号", out=way("wechat")),
    Field("qq", "QQ", "qq号", out=way("qq")),
    Field("decision_role", _("Role in the decision"), "决策角色, 角色", parse=cells.one_of(DecisionRole.choices)),
    Field("gender", _("Gender"), "性别, sex", parse=cells.one_of([*Gender.choices, ("male", "先生"), ("female", "女士")])),
    Field("birthday", _("Birthday"), "生日, 出生日期, date of birth", parse=cells.day),
    Field("region", _("Region"), "地区, 城市, 所在地, city", out=lambda row: regions.words(row.region)),
    Field("source", _("Source"), "来源, 联系人来源", parse=option("source"), out=option_words("source")),
    Field("interests", _("Interests"), "兴趣, 爱好, 兴趣爱好", parse=cells.several, out=lambda row: "、".join(row.interests)),
    Field("tags", _("Tags"), "标签", parse=cells.several, out=lambda row: "、".join(row.tags)),
    Field("notes", _("Notes"), "备注, 说明, remarks, comment"),
    Field("has_left", _("Has left the company"), "已离职, 离职, left", parse=cells.yes),
    Field("owner", _("Owner"), "负责人, 销售, 业务员, contact owner, sales rep", related=PERSON),
    external_id(),
)  # fmt: skip


def check(values, by, record=None):
    """The values in their stored form, with the owner beside them."""
    owner = values.pop("owner", None)
    cleaned = clean(values if record else several.apart(values), contact=record, by=by)
    if record is None:
        # Made while the rows before are still being written.
        draft, asked = services.draft(cleaned), importing.Asked(alike.facts_of(cleaned))
        return cleaned | {"owner": owner_for("contacts", owner, by), "row": asked, "draft": draft}
    return cleaned | ({"owner": owner} if owner else {})


def create_many(rows, *, by):
    """Add the people of clean rows, which `twins_of` has compared with those that are there."""
    values = [{name: value for name, value in row.items() if name not in BESIDE} for row in rows]
    made = together(values, services.create_many, by=by, is_checked=True, drafts=[row["draft"] for row in rows])
    importing.report(made, [row["row"] for row in rows], by)
    return made


def update(record, values, *, by):
    """Change a person, and hand the contact over where the row names another owner."""
    return change(record, values, update=services.update, assign=services.assign, by=by)


def identities(values):
    """A mobile number or an e-mail address belongs to one person."""
    ways = [("mobile" if known.kind == "mobile" else "email", known.norm) for known in values["points"] if known.kind in twins.CERTAIN]
    return [*ways, *own_identity(values), *([importing.identity(values["row"])] if "row" in values else [])]


def twins_of(wanted, by):
    """People who are there already, by the rules of the house or by external ID."""
    return SAME_ID(wanted, by) | importing.noted("contacts", wanted, by)


def same(record, clean):
    """Whether a row says what the person has already, every number and address among it."""
    said, there = clean.get("points"), record.points.all()
    ways = None if said is None else {_way(known) for known in said}
    fields = {name: value for name, value in clean.items() if name != "points"}
    return (ways is None or ways == {_way(known) for known in there}) and same_fields(record, fields)


def _way(known):
    return known.kind, known.norm, known.label, known.is_primary


def find(column, texts, actor):
    """The people a row may change, by external ID, mobile number or e-mail address."""
    if column not in WAYS:
        found = to_change(Contact)(column, texts, actor)
        prefetch_related_objects([record for record in found.values() if record is not SEVERAL], "points")
        return found
    norms = {text: _norm(column, text) for text in texts}
    people = Contact.objects.visible_to(actor, "edit").filter(points__norm__in=norms.values(), points__kind__in=twins.CERTAIN)
    found: dict[str, set] = {}
    for contact in people.distinct().prefetch_related("points"):
        for known in contact.points.all():
            found.setdefault(known.norm, set()).add(contact)
    hits = {text: found.get(norm, set()) for text, norm in norms.items()}
    return {text: next(iter(people)) if len(people) == 1 else SEVERAL for text, people in hits.items() if people}


def _norm(column, text):
    try:
        return point(ContactPoint.Kind(column), text).norm
    except Invalid:
        return text
