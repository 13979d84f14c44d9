"""Companies over the API: the rules of the pages, one form of error, nothing of other teams."""

import pytest
from rest_framework.test import APIClient

from customers.companies.models import Company

pytestmark = pytest.mark.django_db

URL = "/api/v1/companies/"
CODE = "91320594MA1X7K3L0Q"


@pytest.fixture
def api(people):
    """`api(people.rep_a)`: a client that speaks English for this person."""

    def client(user, language="en"):
        found = APIClient(headers={"accept-language": language})
        found.force_authenticate(user)
        return found

    return client


def test_without_a_name_nobody_gets_in(make_company):
    make_company()
    assert APIClient().get(URL).status_code in (401, 403)


def test_what_is_sent_is_kept_and_answered_in_its_stored_form(people, api):
    body = {"name": "恒立达", "industry": "Machinery", "region": "苏州", "phone": "0512-68881234", "tags": ["重点"]}
    answer = api(people.rep_a).post(URL, body, format="json")
    assert answer.status_code == 201
    found = answer.json()
    assert (found["industry"], found["region"], found["phone"], found["tags"], found["version"]) == ("machinery", "3205", "+8651268881234", ["重点"], 1)
    assert found["owner"] == {"id": people.rep_a.pk, "name": "林小雨"}


def test_a_key_gets_the_same_answer_and_other_input_a_refusal(people, api):
    rep = api(people.rep_a)
    send = lambda name: rep.post(URL, {"name": name}, format="json", headers={"Idempotency-Key": "k1"})  # noqa: E731
    assert send("恒立达").json()["id"] == send("恒立达").json()["id"]
    answer = send("别的")
    assert (answer.status_code, answer.json()["code"]) == (409, "key_reused")
    assert Company.objects.count() == 1


@pytest.mark.parametrize("extra", [{"owner": 1}, {"step": 4}, {"completeness": 100}, {"name__contains": "x"}, {"deleted_at": None}, {"pool": 1}])
def test_a_field_that_may_not_be_set_is_named_and_nothing_happens(people, api, extra):
    answer = api(people.rep_a).post(URL, {"name": "恒立达"} | extra, format="json")
    assert (answer.status_code, answer.json()["errors"][0]["code"], answer.json()["field"]) == (422, "unknown_field", next(iter(extra)))
    assert not Company.objects.exists()


@pytest.mark.parametrize(
    "body", [[], "x", 3, {"name": {"a": 1}}, {"name": ["x"]}, {"name": None}, {"name": "x", "tags": "x"}, {"name": "x", "employees": "many"}]
)
def test_a_body_of_the_wrong_shape_is_refused(people, api, body):
    answer = api(people.rep_a).post(URL, body, format="json")
    assert answer.status_code in (400, 422)
    assert set(answer.json()) == {"code", "field", "message", "errors"}


def test_a_refusal_speaks_the_language_of_the_caller(people, api, make_company):
    make_company(credit_code=CODE)
    body = {"name": "另一家", "credit_code": CODE}
    english = api(people.rep_c).post(URL, body, format="json").json()
    assert (english["code"], english["field"]) == ("duplicate", "credit_code")
    assert english["message"] == "This company exists already (same credit code); 华东一组 looks after it."
    missing = api(people.rep_a).post(URL, {}, format="json")
    assert (missing.status_code, missing.json()["field"]) == (422, "name")


def test_a_change_with_an_old_version_is_refused(people, api, make_company):
    url = f"{URL}{make_company().pk}/"
    assert api(people.rep_a).patch(url, {"short_name": "恒立达"}, format="json", headers={"If-Match": "1"}).json()["version"] == 2
    answer = api(people.rep_a).patch(url, {"short_name": "HLD"}, format="json", headers={"If-Match": "1"})
    assert (answer.status_code, answer.json()["code"]) == (409, "stale")


def test_another_teams_company_does_not_exist(people, api, make_company):
    foreign = make_company(by=people.rep_c)
    rep, url = api(people.rep_a), f"{URL}{foreign.pk}/"
    assert rep.get(URL).json()["results"] == []
    assert rep.get(f"{URL}?q=恒立达").json()["results"] == []
    give_me = {"owner": people.rep_a.pk}
    answers = [rep.get(url), rep.patch(url, {"notes": "x"}, format="json"), rep.delete(url), rep.post(f"{url}assignment/", give_me, format="json")]
    assert [answer.status_code for answer in answers] == [404] * 4
    assert rep.post(URL, {"name": "乙", "parent": foreign.pk}, format="json").json()["field"] == "parent"


def test_the_pages_of_a_list_lead_over_every_row_once(people, api, make_company):
    made = [make_company(f"客户{n}号").pk for n in range(7)]
    rep, url, seen = api(people.rep_a), f"{URL}?page_size=3&sort=name", []
    while url:
        page = rep.get(url).json()
        seen += [row["id"] for row in page["results"]]
        url = page["next"]
    assert seen == made


def test_deleting_and_handing_over_need_their_rights(people, api, make_company):
    company = make_company()
    url = f"{URL}{company.pk}/"
    assert api(people.rep_a).post(f"{url}assignment/", {"owner": people.rep_b.pk}, format="json").status_code == 403
    assert api(people.lead_east).post(f"{url}assignment/", {"owner": people.rep_b.pk}, format="json").json()["owner"]["name"] == "周明"
    assert api(people.marketing).delete(url).status_code == 403
    assert api(people.rep_b).delete(url).status_code == 204
    assert api(people.rep_b).get(url).status_code == 404
