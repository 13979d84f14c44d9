"""The people of the house from spreadsheets: with their teams, and the tree these teams form."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.accounts import services, teams
from crm.accounts.models import Role, Team, User
from crm.core.text import pinyin_key
from crm.importexport.importers import Field, Importer, Related, Twin, external_id, importers

REP, LEAD = "rep", "lead"


def _roles(texts, actor):
    found = {}
    for role in Role.objects.all():
        found |= {text: role for text in texts if text.casefold() in (role.code, role.name.casefold(), role.name_en.casefold())}
    return found


FIELDS = (
    Field("name", _("Name"), "姓名, 员工姓名, 销售, sales agent, employee, full name", required=True),
    Field("username", _("User name"), "用户名, 账号, 登录名, login, user"),
    Field("email", _("E-mail"), "邮箱, 电子邮箱, 电子邮件, mail, email address"),
    Field("phone", _("Phone"), "手机, 电话, 手机号, mobile"),
    Field("role", _("Role"), "角色, 岗位角色", related=Related(_roles)),
    Field("team", _("Team"), "团队, 部门, 小组, department, group", help=_("Made where there is none of this name.")),
    Field("part_of", _("Part of"), "上级部门, 大区, 分公司, 区域, regional office, region, office", help=_("The team above it.")),
    Field("leader", _("Leader"), "主管, 组长, 经理, 直属上级, manager, supervisor", help=_("Leads the team; added where there is nobody of this name.")),
    external_id(),
)


def check(values, by, record=None):
    """The values with a user name for those who have none."""
    values["username"] = values.get("username") or user_name(values["name"])
    return values


def user_name(name: str) -> str:
    """A name as one signs in with it: moses.frase, linxiaoyu."""
    key = pinyin_key(name, person=True)
    return ".".join(key.split()) if name.isascii() else "".join(key.split())


def create_many(rows, *, by):
    """Add people; their teams, and the leaders of these, are made where they are missing."""
    return [_create(row, by) for row in rows]


def _create(values, by):
    team = _team(values.get("team"), values.get("part_of"), by)
    leader = values.get("leader")
    if leader and team and leader.casefold() != values["name"].casefold():
        _lead(team, leader, by)
    role = values.get("role") or Role.objects.get(code=REP)
    own = {name: values[name] for name in ("name", "username", "email", "phone", "external_id") if values.get(name)}
    return services.create_person(own, by=by, role=role, team=team)


def _team(name, part_of, by):
    if not name and not part_of:
        return None
    above = Team.objects.filter(name=part_of).first() or teams.create_team(part_of, by=by) if part_of else None
    if not name:
        return above
    return Team.objects.filter(name=name).first() or teams.create_team(name, parent=above, by=by)


def _lead(team, name, by):
    if team.leader_id:
        return
    known = User.objects.filter(Q(name=name) | Q(username=user_name(name))).first()
    leader = known or services.create_person({"name": name, "username": user_name(name)}, by=by, role=Role.objects.get(code=LEAD), team=team)
    teams.lead_team(team, leader=leader, by=by)


def identities(values):
    """Nobody is in the house twice under one user name, e-mail address or external ID."""
    return [(name, values[name].casefold()) for name in ("username", "email", "external_id") if values.get(name)]


def twins(wanted, by):
    """People who are there already."""
    asked = Q()
    for name, text in wanted:
        asked |= Q(**{f"{name}__iexact": text})
    found = {}
    for user in User.objects.filter(asked) if wanted else ():
        for name in ("username", "email", "external_id"):
            found[name, getattr(user, name).casefold()] = Twin(user, name, _("Somebody else has this already."))
    return {key: twin for key, twin in found.items() if key in wanted}


def register():
    """Let people be imported; asked for by the plugs, because this part has no room of its own."""
    importers.add(
        "people",
        Importer(
            "people", _("People"), User, FIELDS, clean=check, create_many=create_many, identities=identities, twins=twins,
            needs=services.ADMINISTER, exports=False,
        ),
    )  # fmt: skip
