"""Feedback in the browser and over the API."""

import pytest

from crm.activity.dispatch import dispatch_all
from crm.notifications.models import Notice
from customers.contacts import services as contacts
from feedback.tickets import reminders, services
from feedback.tickets.models import Ticket

pytestmark = pytest.mark.django_db
PAGES, API = "/feedback/tickets/", "/api/v1/tickets/"


@pytest.fixture(autouse=True)
def friday(at):
    return at("2026-11-20 10:00")


@pytest.fixture
def ticket(people, make_company):
    """An enquiry that rep_a took in himself: nobody else looks after enquiries."""
    return services.create({"company": make_company(), "category": "enquiry", "content": "什么时候发货？"}, by=people.rep_a)


def test_every_page_of_feedback_answers_its_owner(people, ticket, signed_in):
    browser, pk = signed_in(people.rep_a), ticket.pk
    for part in ("", "new/", f"{pk}/", f"{pk}/edit/", f"{pk}/panels/", f"{pk}/resolution/", f"{pk}/closure/", f"{pk}/reopening/",
                 "?q=发货", "?late=true", "?open=false", "?part=filters"):  # fmt: skip
        assert browser.get(PAGES + part).status_code == 200, part


def test_another_teams_rep_finds_no_trace_of_feedback(people, ticket, signed_in):
    browser = signed_in(people.rep_c)
    for part in ("", "edit/", "resolution/"):
        assert browser.get(f"{PAGES}{ticket.pk}/{part}").status_code == 404, part
    for part in ("response/", "waiting/", "resumption/", "closure/", "bin/"):
        assert browser.post(f"{PAGES}{ticket.pk}/{part}").status_code == 404, part
    for url in (PAGES, f"{PAGES}?q=发货", "/search/?q=什么时候", API):
        assert ticket.number not in browser.get(url).content.decode(), url
    assert browser.get(f"{API}{ticket.pk}/").status_code == 404


def test_marketing_reads_feedback_and_answers_none(people, ticket, signed_in):
    browser = signed_in(people.marketing)
    assert "resolution/" not in browser.get(f"{PAGES}{ticket.pk}/").content.decode()
    assert browser.post(f"{PAGES}{ticket.pk}/response/").status_code == 403
    assert browser.post(f"{PAGES}{ticket.pk}/resolution/", {"resolution": "好了"}).status_code == 403


def test_from_a_contact_the_form_knows_who_and_where(people, make_company, signed_in):
    company = make_company("苏州恒立达精密机械有限公司")
    contact = contacts.create({"name": "沈丽华", "company": company, "position": "副总", "mobile": "13812347788"}, by=people.rep_a)
    page = signed_in(people.rep_a).get(f"{PAGES}new/?contact={contact.pk}").content.decode()
    assert "苏州恒立达精密机械有限公司" in page
    assert "沈丽华" in page


def test_sent_twice_feedback_is_taken_in_once(people, make_company, signed_in):
    browser = signed_in(people.rep_a)
    form = {"company": make_company().pk, "category": "enquiry", "content": "怎么开票？", "priority": "P3", "channel": "phone", "once": "k1"}
    assert browser.post(f"{PAGES}new/", form).url == browser.post(f"{PAGES}new/", form).url
    assert Ticket.objects.get().name == "怎么开票？"


def test_feedback_without_words_is_refused_at_its_field(people, make_company, signed_in):
    form = {"company": make_company().pk, "category": "enquiry", "content": "", "priority": "P3", "channel": "phone", "name": "开票"}
    answer = signed_in(people.rep_a).post(f"{PAGES}new/", form)
    assert answer.status_code == 422
    assert answer.context["form"].errors["content"]
    assert 'value="开票"' in answer.content.decode()


def test_feedback_goes_its_way_by_buttons(people, ticket, signed_in):
    browser, url = signed_in(people.rep_a), f"{PAGES}{ticket.pk}/"

    def state():
        ticket.refresh_from_db()
        return ticket.state

    browser.post(f"{url}response/")
    assert state() == "working"
    browser.post(f"{url}waiting/")
    assert state() == "waiting"
    browser.post(f"{url}resumption/")
    assert state() == "working"
    assert browser.post(f"{url}resolution/", {"resolution": " "}).status_code == 422
    browser.post(f"{url}resolution/", {"resolution": "已告知发货日期"})
    assert state() == "resolved"
    browser.post(f"{url}closure/", {"satisfaction": "5"})
    assert (state(), ticket.satisfaction) == ("closed", 5)
    assert browser.post(f"{url}closure/", {"satisfaction": "6"}).status_code == 422
    browser.post(f"{url}reopening/", {"reason": "还没收到"})
    assert (state(), ticket.satisfaction) == ("working", None)
    assert "还没收到" in browser.get(url).content.decode()


def test_it_is_closed_without_asking_how_satisfied_the_customer_is(people, ticket, signed_in):
    services.resolve(ticket, resolution="好了", by=people.rep_a)
    signed_in(people.rep_a).post(f"{PAGES}{ticket.pk}/closure/", {"satisfaction": ""})
    ticket.refresh_from_db()
    assert (ticket.state, ticket.satisfaction) == ("closed", None)


def test_new_feedback_cannot_be_closed(people, ticket, signed_in):
    assert signed_in(people.rep_a).post(f"{PAGES}{ticket.pk}/closure/", {"satisfaction": "5"}).status_code == 409


def test_what_is_late_stands_out_and_its_owner_is_told_once(people, ticket, at, signed_in):
    at("2026-12-20 10:00")
    reminders.remind_due(by=people.system)
    reminders.remind_due(by=people.system)
    dispatch_all()
    assert Notice.objects.filter(code="tickets.due", user=people.rep_a).count() == 1
    browser = signed_in(people.rep_a)
    assert "km-bad" in browser.get(f"{PAGES}?late=true").content.decode()
    services.wait(ticket, by=people.rep_a)
    assert ticket.number not in browser.get(f"{PAGES}?late=true").content.decode()


def test_whoever_gets_feedback_hears_of_it(people, make_company, signed_in):
    form = {"company": make_company().pk, "category": "complaint", "content": "没人接电话", "priority": "P2", "channel": "phone"}
    signed_in(people.rep_a).post(f"{PAGES}new/", form)
    dispatch_all()
    ticket = Ticket.objects.get()
    assert ticket.owner == people.service
    assert Notice.objects.get().user == people.service
    services.assign([ticket], to=people.manager, by=people.service)
    dispatch_all()
    assert Notice.objects.filter(user=people.manager, url=f"{PAGES}{ticket.pk}/").count() == 1


def test_the_company_page_shows_its_feedback(people, ticket, signed_in):
    browser = signed_in(people.rep_a)
    assert ticket.name in browser.get(f"/customers/companies/{ticket.company_id}/panels/").content.decode()
    assert f"{PAGES}?company={ticket.company_id}" in browser.get(f"/customers/companies/{ticket.company_id}/").content.decode()


def test_feedback_over_the_api(people, make_company, signed_in):
    browser = signed_in(people.rep_a)
    body = {"company": make_company().pk, "category": "enquiry", "content": "怎么开票？"}
    first, again = (browser.post(API, body, content_type="application/json", headers={"Idempotency-Key": "t"}) for _time in (1, 2))
    assert first.status_code == 201
    assert first.json()["number"] == again.json()["number"]
    url = f"{API}{first.json()['id']}/"
    assert browser.patch(url, {"priority": "P1"}, content_type="application/json").json()["priority"] == "P1"
    assert browser.post(f"{url}response/").json()["state"] == "working"
    assert browser.post(f"{url}waiting/").json()["state"] == "waiting"
    assert browser.post(f"{url}resumption/").json()["state"] == "working"
    done = browser.post(f"{url}resolution/", {"resolution": "已开票"}, content_type="application/json").json()
    assert done["resolution"] == "已开票"
    assert browser.post(f"{url}closure/", {"satisfaction": 9}, content_type="application/json").json()["field"] == "satisfaction"
    assert browser.post(f"{url}closure/", {"satisfaction": 4}, content_type="application/json").json()["satisfaction"] == 4
    assert browser.post(f"{url}reopening/", {"reason": "又坏了"}, content_type="application/json").json()["state"] == "working"
    assert browser.post(API, body | {"state": "closed"}, content_type="application/json").json()["field"] == "state"
