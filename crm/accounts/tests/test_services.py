"""The verbs about people."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from rest_framework.exceptions import AuthenticationFailed

from crm.accounts import services
from crm.accounts.models import Role, User
from crm.accounts.tokens import TokenAuthentication
from crm.activity.models import Activity
from crm.core.errors import Invalid, NotAllowed, WrongState
from customers.companies import services as companies
from customers.models import Company, Contact

pytestmark = pytest.mark.django_db
VALUES = {"username": "gao", "name": "高远", "email": "gao@example.com"}


def verbs():
    return list(Activity.objects.filter(verb__startswith="people.").order_by("pk").values_list("verb", flat=True))


def test_an_administrator_adds_a_person_who_can_sign_in(people):
    role = Role.objects.get(code="rep")
    gao = services.create_person(VALUES, by=people.admin, role=role, team=people.east_2, password="one-two-three-four")
    assert (gao.team, gao.role, gao.is_staff) == (people.east_2, role, False)
    assert gao.check_password("one-two-three-four")
    assert verbs() == ["people.created"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"username": ""}, "username"), ({"name": " "}, "name"), ({"username": "REP_A"}, "username"), ({"is_staff": True}, "is_staff")],
)
def test_what_is_wrong_with_a_new_person_is_said_by_field(people, wrong, field):
    with pytest.raises(Invalid) as refusal:
        services.create_person(VALUES | wrong, by=people.admin, role=Role.objects.get(code="rep"))
    assert field in refusal.value.errors


def test_a_weak_password_is_refused(people):
    with pytest.raises(Invalid) as refusal:
        services.create_person(VALUES, by=people.admin, role=Role.objects.get(code="rep"), password="short")
    assert "password" in refusal.value.errors


def test_two_administrators_adding_the_same_name_at_once_get_one_person_and_one_sentence(people, run_together):
    role = Role.objects.get(code="rep")
    found = run_together(lambda n: services.create_person(VALUES | {"email": f"{n}@example.com"}, by=people.admin, role=role), 2)
    assert sorted(type(one).__name__ for one in found) in (["Conflict", "User"], ["Invalid", "User"])

    assert User.objects.filter(username="gao").count() == 1


def test_only_administrators_touch_other_people(people):
    for attempt in (
        lambda: services.create_person(VALUES, by=people.manager, role=people.manager.role),
        lambda: services.move_to_team(people.rep_a, team=people.south, by=people.manager),
        lambda: services.change_role(people.rep_a, role=people.admin.role, by=people.rep_a),
        lambda: services.deactivate(people.rep_b, by=people.rep_a),
        lambda: services.issue_token(people.rep_b, name="x", scopes=["*:read"], by=people.rep_a),
    ):
        with pytest.raises(NotAllowed):
            attempt()


def test_whoever_moves_takes_his_records_and_what_lies_under_his_companies_along(people):
    company = companies.create({"name": "上海云帆科技有限公司"}, by=people.rep_a)
    contact = Contact.objects.create(name="沈", company=company, owner=people.rep_b, team=people.east_1, co_owner=people.rep_a, co_team=people.east_1)
    other = companies.create({"name": "别人的公司"}, by=people.rep_b)
    services.move_to_team(people.rep_a, team=people.south, by=people.admin)
    assert Company.objects.get(pk=company.pk).team == people.south
    assert Company.objects.get(pk=other.pk).team == people.east_1
    contact.refresh_from_db()
    assert (contact.team, contact.co_team) == (people.east_1, people.south)
    lead_south = User.objects.with_rights().get(pk=people.lead_south.pk)
    assert list(Company.objects.visible_to(lead_south)) == [company]
    assert verbs()[-1] == "people.moved"


def test_a_new_role_counts_from_the_next_request_on(people, signed_in):
    browser = signed_in(people.rep_a)
    mine = companies.create({"name": "隔壁的公司"}, by=people.rep_c)
    address = f"/activity/companies/{mine.pk}/"
    assert browser.get(address).status_code == 404
    services.change_role(people.rep_a, role=Role.objects.get(code="manager"), by=people.admin)
    assert browser.get(address).status_code == 200


def test_the_right_to_administer_opens_and_shuts_the_back_office(people):
    administrator = people.admin.role
    assert services.change_role(people.rep_a, role=administrator, by=people.admin).is_staff
    assert not services.change_role(people.rep_a, role=people.rep_b.role, by=people.admin).is_staff


def test_the_last_administrator_stays(people):
    with pytest.raises(WrongState):
        services.deactivate(people.admin, by=people.admin)
    with pytest.raises(WrongState):
        services.change_role(people.admin, role=people.rep_a.role, by=people.admin)
    second = services.change_role(people.manager, role=people.admin.role, by=people.admin)
    assert not services.deactivate(people.admin, by=second).is_active


def test_who_is_shut_out_is_out_at_once_on_every_way_in(people, signed_in, rf):
    browser = signed_in(people.rep_a)
    _token, secret = services.issue_token(people.rep_a, name="ERP", scopes=["companies:read"], by=people.rep_a)
    assert browser.get("/me/").status_code == 200
    services.deactivate(people.rep_a, by=people.admin)
    assert browser.get("/me/").status_code == 302
    with pytest.raises(AuthenticationFailed):
        TokenAuthentication().authenticate(rf.get("/", headers={"Authorization": f"Bearer {secret}"}))
    services.reactivate(people.rep_a, by=people.admin)
    assert browser.get("/me/").status_code == 302, "an old session must stay dead"
    assert not [s for s in Session.objects.all() if s.get_decoded().get("_auth_user_id") == str(people.rep_a.pk)]


def test_shutting_one_person_out_leaves_the_others_in(people, signed_in):
    other = signed_in(people.rep_b, Client())
    services.deactivate(people.rep_a, by=people.admin)
    assert other.get("/me/").status_code == 200


def test_a_token_acts_for_its_owner_until_it_expires_or_is_revoked(people, rf, at):
    moment = at("2026-11-20 09:00")
    token, secret = services.issue_token(people.rep_a, name="ERP", scopes=["companies:read"], by=people.rep_a, days=30)
    request = rf.get("/", headers={"Authorization": f"Bearer {secret}"})
    user, found = TokenAuthentication().authenticate(request)
    assert (user, found) == (people.rep_a, token)
    assert secret not in str(token.__dict__)
    at(moment + timedelta(days=30))
    with pytest.raises(AuthenticationFailed):
        TokenAuthentication().authenticate(request)
    at(moment)
    services.revoke_token(token, by=people.rep_a)
    services.revoke_token(token, by=people.rep_a)
    with pytest.raises(AuthenticationFailed):
        TokenAuthentication().authenticate(request)
    assert verbs() == ["people.token_issued", "people.token_revoked"]


@pytest.mark.parametrize("wrong", [{"scopes": ["everything"]}, {"scopes": []}, {"name": ""}, {"days": 0}, {"days": 400}])
def test_a_token_needs_a_name_known_scopes_and_an_end(people, wrong):
    given = {"name": "ERP", "scopes": ["*:read"], "days": 90} | wrong
    with pytest.raises(Invalid):
        services.issue_token(people.rep_a, by=people.rep_a, **given)


def test_the_language_is_one_of_those_spoken_here(people):
    assert services.choose_language(people.rep_a, "en", by=people.rep_a).language == "en"
    with pytest.raises(Invalid):
        services.choose_language(people.rep_a, "tlh", by=people.rep_a)
