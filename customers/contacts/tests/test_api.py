"""Contacts over the API: the rules of the pages, points read and written with them, nothing of other teams."""

import pytest
from rest_framework.test import APIClient

from customers.contacts import services
from customers.contacts.models import Contact

pytestmark = pytest.mark.django_db

URL = "/api/v1/contacts/"


@pytest.fixture
def api(people):
    """`api(people.rep_a)`: a client that speaks English for this person."""

    def client(user):
        found = APIClient(headers={"accept-language": "en"})
        found.force_authenticate(user)
        return found

    return client


def body(company, **more):
    return {"name": "沈丽华", "company": company.pk, "position": "副总", "mobile": "139 9876 0021"} | more


def told(points):
    return [(point["kind"], point["value"], point["is_primary"], point["is_masked"]) for point in points]


def test_a_person_is_written_and_read_with_all_points(people, acme, api):
    given = body(acme.company, points=[{"kind": "landline", "value": "010-68881234", "label": "办公室"}], email="Shen@acme.cn")
    answer = api(people.rep_a).post(URL, given, format="json")
    assert answer.status_code == 201
    assert told(answer.json()["points"]) == [
        ("mobile", "+8613998760021", True, False), ("landline", "+861068881234", True, False), ("email", "shen@acme.cn", True, False),
    ]  # fmt: skip
    assert answer.json()["points"][1]["label"] == "办公室"


def test_what_was_read_can_be_written_back_unchanged(people, acme, api):
    services.set_points(acme.contact, [{"kind": "landline", "value": "010-68881234 转 802"}, {"kind": "wechat", "value": "zjm"}], by=people.rep_a)
    rep, url = api(people.rep_a), f"{URL}{acme.contact.pk}/"
    read = rep.get(url).json()
    points = [{key: point[key] for key in ("kind", "value", "label", "is_primary")} for point in read["points"]]
    again = rep.patch(url, {"points": points}, format="json", headers={"If-Match": str(read["version"])})
    assert (again.status_code, again.json()["version"]) == (200, read["version"])


def test_each_problem_is_named_by_its_field(people, acme, api):
    answer = api(people.rep_a).post(URL, {"points": [{"kind": "email", "value": "nobody"}], "name": "x"}, format="json")
    assert answer.status_code == 422
    assert {error["field"] for error in answer.json()["errors"]} == {"company", "position", "points.0"}
    answer = api(people.rep_a).post(URL, body(acme.company, points=[{"kind": "fax", "value": "1"}, {"value": "x", "state": "valid"}]), format="json")
    assert answer.status_code == 422
    assert {error["field"] for error in answer.json()["errors"]} == {"points.0.kind", "points.1.state"}
    assert Contact.objects.count() == 1


@pytest.mark.parametrize("extra", [{"owner": 1}, {"completeness": 100}, {"co_owner": 1}, {"points__norm": "x"}, {"verified_at": None}])
def test_a_field_that_may_not_be_set_is_named_and_nothing_happens(people, acme, api, extra):
    answer = api(people.rep_a).post(URL, body(acme.company) | extra, format="json")
    assert (answer.status_code, answer.json()["field"]) == (422, next(iter(extra)))
    assert Contact.objects.count() == 1


def test_a_key_gets_the_same_answer(people, acme, api):
    rep = api(people.rep_a)
    first, second = (rep.post(URL, body(acme.company), format="json", headers={"Idempotency-Key": "k1"}).json() for _ in range(2))
    assert first["id"] == second["id"]
    assert rep.post(URL, body(acme.company, name="别人"), format="json", headers={"Idempotency-Key": "k1"}).status_code == 409


def test_a_known_number_is_a_conflict(people, acme, api):
    answer = api(people.rep_a).post(URL, body(acme.company, mobile="13812347788"), format="json")
    assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (409, "duplicate", "mobile")


def test_another_teams_person_does_not_exist(people, acme, api):
    stranger, url = api(people.rep_c), f"{URL}{acme.contact.pk}/"
    assert stranger.get(URL).json()["results"] == []
    point = acme.contact.points.get().pk
    for answer in (
        stranger.get(url), stranger.patch(url, {"notes": "x"}, format="json"), stranger.delete(url), stranger.post(f"{url}company/", {}, format="json"),
        stranger.post(f"{url}verification/", {"point": point, "is_valid": True}, format="json"),
    ):  # fmt: skip
        assert answer.status_code in (404, 422), answer.json()
    assert stranger.post(URL, body(acme.company), format="json").json()["field"] == "company"
    acme.contact.refresh_from_db()
    assert (acme.contact.version, acme.contact.points.get().state) == (1, "unknown")


def test_a_point_is_judged_and_a_person_moved(people, acme, make_company, api):
    rep, url, new = api(people.rep_a), f"{URL}{acme.contact.pk}/", make_company("宁波海澜仓储物流有限公司")
    answer = rep.post(f"{url}verification/", {"point": acme.contact.points.get().pk, "is_valid": False}, format="json")
    assert answer.json()["points"][0]["state"] == "invalid"
    assert rep.post(f"{url}verification/", {"point": 987654, "is_valid": True}, format="json").status_code == 422
    assert rep.post(f"{url}company/", {"company": new.pk, "position": "厂长"}, format="json").json()["company"] == new.pk


def test_a_masked_reader_gets_the_ends_only_and_may_add(people, make_company, make_contact, api):
    contact = make_contact(make_company(by=people.outsourced), by=people.outsourced, email="zhou@acme.cn")
    url = f"{URL}{contact.pk}/"
    outside = api(people.outsourced)
    assert told(outside.get(url).json()["points"]) == [("mobile", "138 **** 7788", True, True), ("email", "z***@acme.cn", True, True)]
    outside.patch(url, {"points": [{"kind": "mobile", "value": "13900000001"}]}, format="json")
    assert set(contact.points.values_list("norm", flat=True)) == {"+8613812347788", "zhou@acme.cn", "+8613900000001"}


def test_a_list_costs_what_a_short_list_costs(people, acme, api, django_assert_num_queries, make_contact):
    rep = api(people.manager)
    rep.get(URL)
    for n in range(8):
        make_contact(acme.company, f"员工{n}", mobile=f"1370000000{n}")
    with django_assert_num_queries(2):
        rep.get(URL)
