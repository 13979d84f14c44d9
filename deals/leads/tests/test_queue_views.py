"""Today's queue as a page: one lead after the other."""

import re
from html import unescape

import pytest

from crm.core import clock
from deals.leads import pools, times
from deals.leads.models import Lead
from interactions.followups.models import FollowUp
from interactions.log.models import Interaction

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(make_lead, at):
    at("2026-11-18 09:00")  # a Wednesday
    strong = make_lead("嘉兴南湖精工传动", person="沈国栋", position="设备部经理", mobile="13812347788", industry="", need="三条产线要联网")
    return strong, make_lead("温州瓯江阀门")


def call(**values):
    return {"channel": "phone", "outcome": "again", "said": "预算年底前批，先发案例", "next": "tomorrow"} | values


def test_the_queue_shows_the_first_lead_with_its_reason_and_points(people, two, signed_in):
    page = signed_in(people.rep_a).get("/queue/").content.decode()
    assert f'action="/queue/{two[0].pk}/"' in page
    assert "138 1234 7788" in page
    assert "0 / 2" in page


def test_a_call_is_saved_and_the_next_lead_comes(people, two, signed_in):
    browser = signed_in(people.rep_a)
    answer = browser.post(f"/queue/{two[0].pk}/", call(after=two[1].pk))
    assert (answer.status_code, answer.url) == (303, f"/queue/?at={two[1].pk}")
    said, step = Interaction.objects.get(), FollowUp.objects.get()
    assert (said.key_points, said.outcome, said.about_id) == ("预算年底前批，先发案例", "again", two[0].pk)
    assert clock.timezone.localtime(step.due_at).strftime("%m-%d %H:%M") == "11-19 10:00"
    page = browser.get(answer.url).content.decode()
    assert "1 / 2" in page
    assert two[0].name not in page.partition("km-queue-list")[2].partition("</aside>")[0]


def test_a_call_that_nobody_took_needs_no_words(people, two, signed_in):
    signed_in(people.rep_a).post(f"/queue/{two[0].pk}/", {"channel": "phone", "outcome": "unreached"}, headers={"Accept-Language": "en"})
    assert Interaction.objects.get().outcome == "unreached"
    assert Interaction.objects.get().subject


def test_without_an_outcome_the_form_stays_with_what_was_written(people, two, signed_in):
    answer = signed_in(people.rep_a).post(f"/queue/{two[0].pk}/", call(outcome=""))
    assert answer.status_code == 422
    assert "预算年底前批" in answer.content.decode()
    assert not Interaction.objects.exists()


def test_a_chosen_time_that_is_missing_is_asked_for(people, two, signed_in):
    assert signed_in(people.rep_a).post(f"/queue/{two[0].pk}/", call(next="pick")).status_code == 422
    chosen = signed_in(people.rep_a).post(f"/queue/{two[0].pk}/", call(next="pick", next_at="2026-11-24T15:00"))
    assert chosen.status_code == 303
    assert FollowUp.objects.get().due_at.day == 24


def test_a_call_sent_twice_counts_once(people, two, signed_in):
    browser = signed_in(people.rep_a)
    for _time in range(2):
        browser.post(f"/queue/{two[0].pk}/", call(once="one"))
    assert Interaction.objects.count() == 1


def test_a_lead_of_somebody_else_cannot_be_worked(people, two, signed_in):
    assert signed_in(people.lead_south).post(f"/queue/{two[0].pk}/", call()).status_code == 404


def test_when_all_is_done_the_queue_says_so(people, two, signed_in):
    browser = signed_in(people.rep_a)
    for lead in two:
        browser.post(f"/queue/{lead.pk}/", call())
    page = browser.get("/queue/").content.decode()
    assert "km-empty" in page
    assert "2" in page
    assert not Lead.objects.filter(last_contact_at=None).exists()


def test_the_times_are_working_days_that_lie_ahead(db, at):
    at("2026-11-18 17:00")  # Wednesday, past the afternoon's time
    assert [one.code for one in times.choices()] == ["tomorrow", "friday", "monday"]
    at("2026-11-20 09:00")  # Friday: tomorrow is Monday, which is offered once
    moments = [clock.timezone.localtime(one.moment).strftime("%m-%d %H:%M") for one in times.choices()]
    assert moments == ["11-20 16:30", "11-23 10:00", "11-27 10:00"]


@pytest.mark.usefixtures("nothing_ages")
def test_the_queue_asks_as_often_for_many_leads_as_for_few(people, make_lead, signed_in, django_assert_max_num_queries):
    browser = signed_in(people.rep_a)

    def asked():
        with django_assert_max_num_queries(50) as found:
            browser.get("/queue/")
        return len(found)

    make_lead("一")
    make_lead("二")
    asked()
    few = asked()
    for n in range(10):
        make_lead(f"线索第 {n}")
    asked()
    assert asked() == few


def why_yours(browser, lead):
    browser.cookies["km_language"] = "en"
    page = unescape(browser.get(f"/queue/?at={lead.pk}").content.decode())
    return page.partition("Why it is yours")[2].partition("</section>")[0]


def test_it_says_why_the_lead_is_mine(people, make_lead, pool, signed_in, at):
    at("2026-11-10 09:00")
    entered, given, claimed = make_lead("自己录的"), make_lead("分来的", by=people.lead_east), make_lead("公海里的", by=people.lead_east, pool=pool)
    pools.assign([given], to=people.rep_a, by=people.lead_east, reason="离你近")
    pools.claim(claimed, by=people.rep_a)
    at("2026-11-18 09:00")
    browser = signed_in(people.rep_a)
    assert "You entered it" in why_yours(browser, entered)
    assert f"{people.lead_east} gave it to you" in why_yours(browser, given)
    assert "离你近" in why_yours(browser, given)
    assert "You claimed it from 华东公海" in why_yours(browser, claimed)


def test_a_line_of_the_list_says_what_it_is_about(people, two, make_lead, signed_in):
    make_lead("佛山市南陶陶瓷", source="exhibition")
    browser = signed_in(people.rep_a)
    browser.cookies["km_language"] = "en"
    listed = unescape(browser.get("/queue/").content.decode())
    lines = re.findall(r'class="km-why km-cut">([^<]*)<', listed)
    assert sorted(lines) == sorted(["new today · 三条产线要联网", "new today", "new today · Trade fair"])
