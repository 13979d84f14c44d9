"""The pages and the API of interactions and follow-ups."""

from datetime import timedelta

import pytest

from crm.activity.models import Activity
from crm.core import clock
from crm.notifications.notices import tellers_of
from interactions.followups import services as followups
from interactions.followups.models import FollowUp
from interactions.log import services as log
from interactions.log.models import Interaction

pytestmark = pytest.mark.django_db

NEW = "/interactions/new/"


@pytest.fixture
def spoken(people, company, contact):
    values = {"channel": "phone", "company": company, "contact": contact, "key_points": "二期三条产线确认，预算 60–65 万", "outcome": "interested"}
    return log.log(values, by=people.rep_a)


@pytest.fixture
def promised(people, company):
    values = {"title": "催第二期款", "company": company, "due_at": clock.now() + timedelta(days=2)}
    return followups.plan(values, by=people.rep_a)


def test_every_page_answers_the_manager(people, spoken, promised, signed_in):
    browser = signed_in(people.manager)
    pages = ["/interactions/", NEW, "/interactions/?part=filters", "/interactions/?satisfaction_max=2", "/followups/", "/followups/new/"]
    pages += [f"/interactions/{spoken.pk}/", f"/interactions/{spoken.pk}/edit/", f"/followups/{promised.pk}/", f"/followups/{promised.pk}/time/"]
    for page in [*pages, "/followups/?owner=me&today=true", "/followups/?overdue=true", f"/followups/{promised.pk}/cancellation/"]:
        assert browser.get(page).status_code == 200, page


def test_the_page_of_a_company_shows_the_next_step_and_opens_the_composer_in_place(people, company, promised, signed_in):
    browser = signed_in(people.rep_a)
    page = browser.get(f"/customers/companies/{company.pk}/").content.decode()
    assert "催第二期款" in page
    assert f"{NEW}?company={company.pk}" in page
    part = browser.get(f"{NEW}?company={company.pk}", headers={"HX-Request": "true", "HX-Target": "km-composer"})
    assert b"<html" not in part.content
    assert b'id="km-composer"' in part.content


def test_a_call_is_logged_from_the_page_of_a_company_with_its_next_step(people, company, signed_in):
    browser, later = signed_in(people.rep_a), clock.now() + timedelta(days=1)
    form = {"company": company.pk, "channel": "phone", "outcome": "again", "key_points": "周五再谈付款", "next_step": "再打一次"}
    answer = browser.post(
        f"{NEW}?company={company.pk}", form | {"next_step_at": later.strftime("%Y-%m-%dT%H:%M"), "next": f"/customers/companies/{company.pk}/"}
    )
    assert (answer.status_code, answer.url) == (303, f"/customers/companies/{company.pk}/")
    found = Interaction.objects.get()
    assert (found.company_id, found.outcome, found.key_points, found.owner_id) == (company.pk, "again", "周五再谈付款", people.rep_a.pk)
    assert FollowUp.objects.get().title == "再打一次"


def test_a_form_sent_twice_logs_once(people, company, signed_in):
    browser = signed_in(people.rep_a)
    form = {"company": company.pk, "channel": "phone", "outcome": "again", "key_points": "周五再谈", "once": "one-and-the-same"}
    assert [browser.post(NEW, form).status_code for _time in range(2)] == [303, 303]
    assert Interaction.objects.count() == 1


def test_a_form_without_words_comes_back_with_what_was_typed(people, company, signed_in):
    answer = signed_in(people.rep_a).post(NEW, {"company": company.pk, "channel": "visit", "outcome": "interested"})
    assert answer.status_code == 422
    assert Interaction.objects.count() == 0


def test_a_company_out_of_reach_cannot_be_named(people, company, signed_in):
    assert company.name in signed_in(people.rep_a).get(f"{NEW}?company={company.pk}").content.decode()
    browser = signed_in(people.lead_south)
    assert company.name not in browser.get(f"{NEW}?company={company.pk}").content.decode()
    answer = browser.post(NEW, {"company": company.pk, "channel": "phone", "key_points": "偷看一下"})
    assert answer.status_code == 422
    assert Interaction.objects.count() == 0


def test_what_others_said_is_not_found(people, spoken, promised, signed_in):
    browser = signed_in(people.lead_south)
    pages = (f"/interactions/{spoken.pk}/", f"/interactions/{spoken.pk}/edit/", f"/followups/{promised.pk}/", f"/api/v1/interactions/{spoken.pk}/")
    for page in (*pages, f"/api/v1/followups/{promised.pk}/"):
        assert browser.get(page).status_code == 404, page
    assert browser.get("/api/v1/interactions/").json()["results"] == []
    assert browser.post(f"/followups/{promised.pk}/completion/").status_code == 404


def test_the_timeline_says_channel_person_words_and_outcome(people, company, spoken, signed_in):
    page = signed_in(people.rep_a).get(f"/customers/companies/{company.pk}/", headers={"Accept-Language": "zh-hans"}).content.decode()
    assert "沈国栋" in page
    assert "二期三条产线确认" in page
    assert "km-status km-ok" in page


def test_a_next_step_is_completed_and_put_off_by_its_buttons(people, company, promised, signed_in):
    browser, later = signed_in(people.rep_a), clock.now() + timedelta(days=5)
    answer = browser.post(f"/followups/{promised.pk}/time/", {"due_at": later.strftime("%Y-%m-%dT%H:%M")})
    promised.refresh_from_db()
    assert answer.status_code == 303
    assert abs(promised.due_at - later) < timedelta(hours=24)
    answer = browser.post(f"/followups/{promised.pk}/completion/", {"next": f"/customers/companies/{company.pk}/"})
    promised.refresh_from_db()
    assert (answer.url, promised.state) == (f"/customers/companies/{company.pk}/", "done")


def test_the_owner_of_a_follow_up_is_reminded(people, promised, at):
    at(promised.remind_at)
    followups.remind_due(by=people.system)
    reminder = Activity.objects.get(verb="followups.due")
    told = [one for teller in tellers_of("followups.due") for one in teller(reminder)]
    assert [(one.user_id, one.url) for one in told] == [(people.rep_a.pk, f"/followups/{promised.pk}/")]


def test_the_api_logs_plans_and_completes(people, company, signed_in):
    browser = signed_in(people.rep_a)
    body = {"company": company.pk, "channel": "wechat", "key_points": "发了案例", "next_step_at": (clock.now() + timedelta(days=1)).isoformat()}
    said = browser.post("/api/v1/interactions/", body, content_type="application/json")
    assert said.status_code == 201
    assert said.json()["subject"] == "发了案例"
    step = browser.get("/api/v1/followups/?state=open").json()["results"][0]
    assert browser.post(f"/api/v1/followups/{step['id']}/completion/").json()["state"] == "done"
    assert browser.patch(f"/api/v1/interactions/{said.json()['id']}/", {"company": 1}, content_type="application/json").status_code == 422


@pytest.mark.usefixtures("nothing_ages")
def test_a_list_asks_as_often_for_many_rows_as_for_few(people, company, contact, signed_in, django_assert_max_num_queries):
    browser = signed_in(people.rep_a)

    def asked():
        with django_assert_max_num_queries(60) as found:
            browser.get("/interactions/?state=")
            browser.get("/followups/?state=open")
        return len(found)

    def add(count):
        for n in range(count):
            log.log(
                {
                    "channel": "phone",
                    "company": company,
                    "contact": contact,
                    "key_points": f"第 {n} 次",
                    "next_step_at": clock.now() + timedelta(days=2, hours=n),
                },
                by=people.rep_a,
            )

    add(2)
    asked()
    few = asked()
    add(10)
    asked()
    assert asked() == few
