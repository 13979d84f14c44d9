"""Who works in the demo company: a tree of teams, every role of the product, one sign-in for each role."""

from django.db import transaction

from crm.accounts import services as accounts
from crm.accounts.models import Pool, Role, Team, User
from crm.ops.demo_accounts import PASSWORD

ROOT = "客满科技"
# team, part of
TEAMS = (
    (ROOT, None),
    ("销售中心", ROOT),
    ("华东一组", "销售中心"),
    ("华东二组", "销售中心"),
    ("华南组", "销售中心"),
    ("电销组", "销售中心"),
    ("市场与服务", ROOT),
    ("渠道伙伴", ROOT),
)
# user name, name, role, team
PEOPLE = (
    ("rep", "林若溪", "rep", "华东一组"),
    ("chen", "陈一凡", "rep", "华东一组"),
    ("zhao", "赵晨", "rep", "华东一组"),
    ("lead", "何静怡", "lead", "华东一组"),
    ("sun", "孙嘉", "rep", "华东二组"),
    ("wu", "吴海涛", "rep", "华东二组"),
    ("xu", "徐文静", "lead", "华东二组"),
    ("liang", "梁子涵", "rep", "华南组"),
    ("huang", "黄俊杰", "rep", "华南组"),
    ("luo", "罗思远", "lead", "华南组"),
    ("telesales", "唐小莉", "telesales", "电销组"),
    ("feng", "冯佳怡", "telesales", "电销组"),
    ("manager", "周建国", "manager", "销售中心"),
    ("marketing", "许雅琴", "marketing", "市场与服务"),
    ("renewals", "沈倩", "renewals", "市场与服务"),
    ("presales", "韩宇航", "presales", "市场与服务"),
    ("service", "邓慧敏", "service", "市场与服务"),
    ("cao", "曹晓东", "service", "市场与服务"),
    ("finance", "吕红梅", "finance", ROOT),
    ("partner", "程德胜", "partner", "渠道伙伴"),
    ("outsourced", "余婷婷", "outsourced", "渠道伙伴"),
    ("keeper", "秦守信", "backup", ROOT),
    ("admin", "魏明辉", "administrator", ROOT),
)
LEADERS = {"华东一组": "lead", "华东二组": "xu", "华南组": "luo", "销售中心": "manager"}
SELLERS = ("rep", "chen", "zhao", "sun", "wu", "liang", "huang")
CALLERS = ("telesales", "feng")
POOLS = (("华东公海", ("华东一组", "华东二组")), ("华南公海", ("华南组",)), ("市场线索池", ("电销组",)))


@transaction.atomic
def build():
    """Teams, people and pools; returns people and pools by name."""
    system = User.objects.with_rights().get(is_system=True)
    teams = {}
    for name, parent in TEAMS:
        teams[name], _made = Team.objects.get_or_create(name=name, defaults={"parent": teams.get(parent)})
    roles = {role.code: role for role in Role.objects.all()}
    people = {}
    for username, name, role, team in PEOPLE:
        known = User.objects.with_rights().filter(username=username).first()
        if known:  # an earlier try got as far as the people
            people[username] = known
            continue
        values = {"username": username, "name": name, "email": f"{username}@keman.example"}
        people[username] = accounts.create_person(values, by=system, role=roles[role], team=teams[team])
    accounts.set_same_password(list(people.values()), PASSWORD, by=system)
    for team, leader in LEADERS.items():
        Team.objects.filter(pk=teams[team].pk).update(leader=people[leader])
    pools = {}
    for name, members in POOLS:
        pools[name], _made = Pool.objects.get_or_create(name=name, defaults={"noun": "leads"})
        pools[name].teams.set([teams[member] for member in members])
    people["system"] = system
    return people, pools
