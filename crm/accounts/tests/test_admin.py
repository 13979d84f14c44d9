"""The back office: through the verbs, or recorded as a repair."""

from urllib.parse import urlencode

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from crm.accounts import services
from crm.accounts.models import Pool, Role, Team, User
from crm.activity.models import Activity, Delivery
from crm.activity.spine import event
from crm.core.errors import NotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(people, signed_in):
    return signed_in(people.admin)


def last():
    return Activity.objects.latest("pk")


def person(user, **changes):
    given = {name: getattr(user, name) for name in ("username", "name", "email", "phone", "language", "external_id")}
    return given | {"team": user.team_id, "role": user.role_id} | changes


def test_only_administrators_get_in(people, signed_in):
    assert signed_in(people.admin).get("/admin/").status_code == 200
    for nobody in (people.manager, people.rep_a, people.finance):
        assert signed_in(nobody).get("/admin/").status_code == 302


@pytest.mark.parametrize(
    "page",
    [
        "accounts/user/", "accounts/user/add/", "accounts/role/", "accounts/role/add/", "accounts/team/", "accounts/pool/", "accounts/apitoken/",
        "accounts/signinrecord/", "activity/activity/", "activity/delivery/", "jobs/job/", "calendars/calendar/",
    ],
)  # fmt: skip
def test_every_page_of_the_back_office_opens(office, page):
    assert office.get(f"/admin/{page}").status_code == 200


def test_moving_a_person_in_the_back_office_is_the_verb(office, people):
    answer = office.post(f"/admin/accounts/user/{people.rep_a.pk}/change/", person(people.rep_a, team=people.south.pk))
    assert answer.status_code == 302
    assert User.objects.get(pk=people.rep_a.pk).team == people.south
    assert (last().verb, last().via, last().actor) == ("people.moved", "admin", people.admin)
    assert not Activity.objects.filter(verb="admin.repaired").exists()


def test_a_person_added_in_the_back_office_is_made_by_the_verb(office, people):
    given = {"username": "gao", "name": "高远", "email": "gao@example.com", "team": people.east_2.pk, "role": people.rep_a.role_id}
    assert office.post("/admin/accounts/user/add/", given).status_code == 302
    made = User.objects.get(username="gao")
    assert not made.has_usable_password()
    assert [one.verb for one in Activity.objects.order_by("pk")] == ["people.created", "people.invited"]


def test_changing_a_name_is_a_repair_with_old_and_new(office, people):
    office.post(f"/admin/accounts/user/{people.rep_a.pk}/change/", person(people.rep_a, name="林晓雨"))
    assert last().verb == "admin.repaired"
    assert last().data == {"fields": ["name"], "was": {"name": "林小雨"}, "now": {"name": "林晓雨"}}


def test_people_are_never_removed(office, people):
    assert office.post(f"/admin/accounts/user/{people.rep_a.pk}/delete/", {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=people.rep_a.pk).exists()


def test_the_list_shuts_people_out_by_the_verb_and_keeps_the_last_administrator(office, people):
    office.post("/admin/accounts/user/", {"action": "shut_out", "_selected_action": [people.rep_a.pk, people.admin.pk]})
    assert not User.objects.get(pk=people.rep_a.pk).is_active
    assert User.objects.get(pk=people.admin.pk).is_active


def test_the_list_takes_a_lost_second_step_away_and_says_so_once(office, people):
    TOTP.activate(people.rep_a, generate_totp_secret())
    RecoveryCodes.activate(people.rep_a)
    for _time in range(2):
        office.post("/admin/accounts/user/", {"action": "remove_second_step", "_selected_action": [people.rep_a.pk]})
    assert not Authenticator.objects.exists()
    assert [(one.verb, one.actor) for one in Activity.objects.filter(object_id=people.rep_a.pk)] == [("people.second_step_removed", people.admin)]


def test_only_administrators_take_a_second_step_away(people):
    with pytest.raises(NotAllowed):
        services.remove_second_step(people.rep_a, by=people.manager)


def test_the_menu_offers_only_what_an_administrator_needs(office):
    for kept_away in ("auth/group", "account/emailaddress", "mfa/authenticator", "axes/accessattempt", "axes/accesslog"):
        assert office.get(f"/admin/{kept_away}/").status_code == 404


@pytest.mark.parametrize(
    ("page", "said", "not_said"),
    [
        ("accounts/user/", ["选择 人员 来修改", "增加 人员"], ["选择 姓名", "增加 姓名"]),
        ("accounts/user/add/", ["姓名", "请选择"], ["名称", "Select value"]),
        ("accounts/signinrecord/", ["人员"], []),
        ("deals/stage/", ["顺序", "选择操作"], ["职位", "Select action"]),
        ("deals/lostreason/", ["顺序"], ["职位"]),
        ("calendars/calendar/add/", ["公司日历"], ["DatabaseDefault"]),
        ("customers/option/", ["顺序"], ["职位"]),
        ("customers/matchrule/add/", ["顺序"], ["职位"]),
    ],
)
def test_the_back_office_speaks_of_what_is_meant(office, page, said, not_said):
    words = office.get(f"/admin/{page}", headers={"Accept-Language": "zh-hans"}).content.decode()
    assert [word for word in said if word not in words] == []
    assert [word for word in not_said if word in words] == []


def test_the_table_of_rights_shows_and_takes_every_registered_right(office, people):
    role = Role.objects.get(code="rep")
    address = f"/admin/accounts/role/{role.pk}/change/"
    page = office.get(address).content.decode()
    assert 'name="rights:companies.export"' in page
    given = {"name": "销售", "name_en": "Sales", "code": "rep", "fields:contacts.*": "mask"}
    given |= {f"rights:{right}": reach for right, reach in role.rights.items()} | {"rights:companies.view": "team"}
    assert office.post(address, given).status_code == 302
    role.refresh_from_db()
    assert role.rights["companies.view"] == "team"
    assert role.rights["companies.edit"] == "own"
    assert role.fields == {"contacts.*": "mask"}
    assert last().verb == "admin.repaired"


def test_a_reach_that_does_not_exist_is_not_taken(office):
    role = Role.objects.get(code="rep")
    answer = office.post(f"/admin/accounts/role/{role.pk}/change/", {"name": "销售", "code": "rep", "rights:companies.view": "universe"})
    assert answer.status_code == 200
    role.refresh_from_db()
    assert role.rights["companies.view"] == "own"


def test_a_team_is_not_put_under_itself(office, people):
    answer = office.post(f"/admin/accounts/team/{people.east.pk}/change/", {"name": "华东大区", "parent": people.east_1.pk})
    assert answer.status_code == 200
    people.east.refresh_from_db()
    assert people.east.parent == people.company


def test_adding_and_removing_leave_an_event_each(office, people):
    office.post("/admin/accounts/pool/add/", {"name": "华东公海", "noun": "leads", "teams": [people.east.pk]})
    pool = Pool.objects.get()
    assert (last().verb, last().object_id) == ("admin.added", pool.pk)
    assert last().data["now"]["teams"] == "华东大区"
    office.post(f"/admin/accounts/pool/{pool.pk}/delete/", {"post": "yes"})
    assert (last().verb, last().object_id, last().data["name"]) == ("admin.removed", pool.pk, "华东公海")
    assert not Pool.objects.exists()


def test_removing_many_at_once_leaves_one_event_for_each(office, people):
    extra = [Team.objects.create(name=f"空组 {n}") for n in range(3)]
    given = urlencode({"action": "delete_selected", "post": "yes", "_selected_action": [team.pk for team in extra]}, doseq=True)
    office.post("/admin/accounts/team/", given, content_type="application/x-www-form-urlencoded")
    assert not Team.objects.filter(name__startswith="空组").exists()
    assert Activity.objects.filter(verb="admin.removed").count() == 3


def test_what_happened_can_be_read_and_not_be_touched(office, people):
    with event("tests.happened", by=people.admin, subject=people.east) as found:
        pass
    address = f"/admin/activity/activity/{found.id}/"
    assert office.get(f"{address}change/").status_code == 200
    assert office.post(f"{address}change/", {"verb": "x"}).status_code == 403
    assert office.post(f"{address}delete/", {"post": "yes"}).status_code == 403


def test_a_failed_delivery_is_tried_again_on_request(office, people, at):
    at("2026-11-20 09:00")
    with event("tests.happened", by=people.admin, subject=people.east) as found:
        pass
    parked = Delivery.objects.create(reader="x", activity_id=found.id, next_try="2026-11-21T00:00Z", error="away")
    office.post("/admin/activity/delivery/", {"action": "try_again", "_selected_action": [parked.pk]})
    parked.refresh_from_db()
    assert parked.next_try.isoformat() == "2026-11-20T01:00:00+00:00"
