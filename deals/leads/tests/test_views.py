"""The pages and the API of leads: what is seen, what is masked, and a lead's way from pool to customer and back."""

import pytest
from django.test import Client

from crm.accounts.models import Pool
from customers.companies import options
from customers.companies.models import Company
from deals.leads import pools
from deals.leads.models import Lead

pytestmark = pytest.mark.django_db

LIST = "/deals/leads/"
CODE = "91320594MA1X7K3L0Q"


@pytest.fixture
def pooled(make_lead, pool, people):
    return make_lead("宁波海澜仓储物流", by=people.manager, pool=pool, person="周建明", mobile="13812347788", email="zhou@example.com", wechat="zhou_jm_nb")


def test_every_page_of_a_lead_answers_its_owner(people, make_lead, signed_in):
    browser, pk = signed_in(people.rep_a), make_lead(mobile="13812347788", person="沈国栋").pk
    parts = ["", "pool/", "new/", "hint/?mobile=13812347788", "bin/", "?part=filters", "?part=columns", f"{pk}/", f"{pk}/edit/", f"{pk}/panels/"]
    for part in [*parts, f"{pk}/conversion/", f"{pk}/return/", f"{pk}/invalidity/", f"{pk}/conversion/company/?credit_code={CODE}"]:
        assert browser.get(LIST + part).status_code == 200, part


def test_a_saved_form_leads_to_the_page_of_the_new_lead_and_counts_once(people, signed_in):
    browser = signed_in(people.rep_a)
    form = {"name": "青岛蓝湾冷链物流", "person": "赵海", "mobile": "139 9876 0021", "once": "one"}
    answers = [browser.post(f"{LIST}new/", form) for _time in range(2)]
    lead = Lead.objects.get()
    assert [answer.url for answer in answers] == [f"{LIST}{lead.pk}/"] * 2
    assert (lead.mobile, lead.owner_id) == ("+8613998760021", people.rep_a.pk)


def test_a_lead_out_of_reach_is_not_found(people, make_lead, signed_in):
    lead, browser = make_lead(by=people.rep_c), signed_in(people.rep_a)
    for part in ("", "edit/", "conversion/", "return/"):
        assert browser.get(f"{LIST}{lead.pk}/{part}").status_code == 404, part
    for part in ("claim/", "bin/", "validity/"):
        assert browser.post(f"{LIST}{lead.pk}/{part}").status_code == 404, part
    assert browser.get(f"/api/v1/leads/{lead.pk}/").status_code == 404
    assert f"{LIST}{lead.pk}/" not in browser.get(f"/search/?q={lead.name}").content.decode()


def test_in_a_masked_pool_no_way_out_shows_phone_or_account(people, pooled, signed_in):
    browser = signed_in(people.rep_a)
    columns = "?cols=name,phone,email,wechat"
    ways = [
        LIST,
        f"{LIST}{columns}",
        f"{LIST}pool/{columns}",
        f"{LIST}{pooled.pk}/",
        f"{LIST}{pooled.pk}/conversion/",
        "/search/?q=宁波海澜",
        "/search/?q=7788",
    ]
    for way in [*ways, "/search/palette/?q=宁波海澜", "/pick/leads/?q=宁波", "/api/v1/leads/", f"/api/v1/leads/{pooled.pk}/"]:
        text = browser.get(way).content.decode()
        for secret in ("1234 7788", "13812347788", "zhou@example.com", "zhou_jm_nb"):
            assert secret not in text, (way, secret)
    assert "138 **** 7788" in browser.get(f"{LIST}pool/").content.decode()


def test_whoever_claims_reads_the_number(people, pooled, signed_in):
    browser = signed_in(people.rep_a)
    answer = browser.post(f"{LIST}{pooled.pk}/claim/")
    assert answer.url == f"{LIST}{pooled.pk}/"
    assert "138 1234 7788" in browser.get(answer.url).content.decode()


@pytest.mark.parametrize(("typed", "found"), [("13812347788", True), ("7788", True), ("123477", False), ("宁波海澜", True)])
def test_a_search_does_not_tell_the_middle_of_a_masked_number(people, pooled, signed_in, typed, found):
    rows = signed_in(people.rep_a).get("/api/v1/leads/", {"q": typed}).json()["results"]
    assert bool(rows) is found


def test_an_own_lead_is_found_by_any_six_digits(people, make_lead, pool, signed_in):
    make_lead(mobile="13812347788")
    assert len(signed_in(people.rep_a).get("/api/v1/leads/", {"q": "123477"}).json()["results"]) == 1


def test_the_second_to_claim_reads_who_was_first(people, pooled, signed_in):
    signed_in(people.rep_a).post(f"{LIST}{pooled.pk}/claim/")
    late = signed_in(people.rep_b, Client()).post(f"{LIST}{pooled.pk}/claim/")
    assert late.status_code == 409
    assert people.rep_a.name in late.content.decode()


def test_many_are_claimed_and_given_back_together(people, make_lead, pool, signed_in):
    leads, browser = [make_lead(by=people.manager, pool=pool) for _n in range(3)], signed_in(people.rep_a)
    ids = [lead.pk for lead in leads]
    assert browser.post(f"{LIST}bulk/claim/", {"id": ids, "query": ""}).status_code == 303
    assert Lead.objects.owned_by(people.rep_a).count() == 3
    browser.post(f"{LIST}bulk/return/", {"id": ids, "query": "", "asked": "1", "pool": pool.pk, "reason": "休假"})
    assert Lead.objects.filter(pool=pool, owner=None).count() == 3


def test_what_waits_in_a_pool_is_assigned_by_the_leader(people, pooled, signed_in):
    browser = signed_in(people.manager)
    answer = browser.post(f"{LIST}{pooled.pk}/assignment/", {"owner": people.rep_c.pk, "reason": "区域"})
    pooled.refresh_from_db()
    assert answer.status_code == 303
    assert pooled.owner_id == people.rep_c.pk


def test_an_invalid_lead_needs_a_reason_and_can_come_back(people, make_lead, signed_in):
    lead, browser = make_lead(), signed_in(people.rep_a)
    assert browser.post(f"{LIST}{lead.pk}/invalidity/", {"reason": ""}).status_code == 422
    browser.post(f"{LIST}{lead.pk}/invalidity/", {"reason": "空号"})
    assert Lead.objects.get().state == "invalid"
    browser.post(f"{LIST}{lead.pk}/validity/")
    assert Lead.objects.get().state == "pending"


def test_a_conversion_without_a_code_says_what_is_missing(people, make_lead, signed_in):
    lead = make_lead(person="沈国栋", position="经理")
    answer = signed_in(people.rep_a).post(f"{LIST}{lead.pk}/conversion/", {"company_name": lead.name, "person": "沈国栋", "position": "经理"})
    assert answer.status_code == 422
    assert b"id_credit_code_error" in answer.content
    assert not Company.objects.exists()


def test_a_lead_becomes_a_customer_with_an_opportunity_and_is_taken_back(people, make_lead, signed_in):
    lead, browser = make_lead("嘉兴南湖精工传动有限公司", person="沈国栋", position="设备部经理", mobile="13812347788"), signed_in(people.rep_a)
    form = {
        "company_name": lead.name, "credit_code": CODE, "code_reason": "执照照片", "person": "沈国栋", "position": "设备部经理",
        "with_opportunity": "on", "opportunity_name": "MES 一期", "amount": "620000", "expected_close": "2027-01-31",
    }  # fmt: skip
    answer = browser.post(f"{LIST}{lead.pk}/conversion/", form)
    lead.refresh_from_db()
    assert (answer.status_code, answer.url) == (303, f"/customers/companies/{lead.company_id}/")
    assert (lead.state, lead.company.credit_code, lead.contact.name) == ("converted", CODE, "沈国栋")
    assert str(lead.company.opportunities.get(lead=lead).amount) == "620000.00"
    assert browser.get(f"{LIST}{lead.pk}/").status_code == 200
    assert browser.post(f"{LIST}{lead.pk}/unconversion/", {"reason": "点错了"}).status_code == 303
    lead.refresh_from_db()
    assert (lead.state, lead.company_id, lead.owner_id) == ("pending", None, people.rep_a.pk)


def test_a_lead_with_a_known_code_joins_that_company(people, make_lead, make_company, signed_in):
    known = make_company("苏州恒立达精密机械有限公司", credit_code=CODE)
    lead, browser = make_lead("恒立达", person="周建明", position="经理"), signed_in(people.rep_a)
    assert known.name in browser.get(f"{LIST}{lead.pk}/conversion/company/?credit_code={CODE}").content.decode()
    form = {"company_name": "恒立达", "credit_code": CODE, "code_reason": "执照照片", "person": "周建明", "position": "经理", "mobile": "13812347788"}
    answer = browser.post(f"{LIST}{lead.pk}/conversion/", form)
    assert answer.status_code == 303, answer.context["form"].errors
    lead.refresh_from_db()
    assert lead.company_id == known.pk
    assert Company.objects.count() == 1


def test_the_api_claims_converts_and_takes_back(people, pooled, signed_in):
    browser, url = signed_in(people.rep_a), f"/api/v1/leads/{pooled.pk}/"
    assert browser.post(f"{url}claim/").json()["mobile"] == "+8613812347788"
    body = {"company": {"name": "宁波海澜仓储物流有限公司", "credit_code": CODE}, "contact": {"position": "经理"}, "code_reason": "执照照片"}
    assert browser.post(f"{url}conversion/", body, content_type="application/json").json()["state"] == "converted"
    assert browser.delete(f"{url}conversion/").json()["state"] == "pending"
    points = browser.get(f"{url}points/").json()
    assert sum(one["points"] for one in points) == float(browser.get(url).json()["score"])


def test_a_number_that_is_masked_cannot_be_written_over_the_api(people, make_lead, pool, signed_in):
    lead = make_lead(by=people.manager, pool=pool, mobile="13812347788")
    answer = signed_in(people.manager).patch(f"/api/v1/leads/{lead.pk}/", {"mobile": "13900001111"}, content_type="application/json")
    assert answer.status_code == 403
    pools.claim(lead, by=people.rep_a)
    answer = signed_in(people.manager).patch(f"/api/v1/leads/{lead.pk}/", {"mobile": "13900001111"}, content_type="application/json")
    assert answer.json()["mobile"] == "+8613900001111"


def test_an_open_pool_shows_numbers(people, make_lead, signed_in):
    open_pool = Pool.objects.create(name="开放公海", noun="leads", is_masked=False)
    open_pool.teams.add(people.east_1)
    make_lead(by=people.manager, pool=open_pool, mobile="13812347788")
    assert "138 1234 7788" in signed_in(people.rep_a).get(f"{LIST}pool/").content.decode()


@pytest.mark.usefixtures("nothing_ages")
def test_a_list_asks_as_often_for_many_rows_as_for_few(people, make_lead, pool, signed_in, django_assert_max_num_queries):
    browser = signed_in(people.rep_a)

    def asked():
        options.forget()  # the administrator's lists are kept for seconds; here each measurement reads them
        with django_assert_max_num_queries(80) as found:
            browser.get(LIST)
            browser.get(f"{LIST}pool/")
            browser.get("/api/v1/leads/")
        return len(found)

    def add(count):
        for _n in range(count):
            make_lead(mobile="13812347788")
            make_lead(by=people.manager, pool=pool, mobile="13812347788")

    add(2)
    asked()
    few = asked()
    add(8)
    asked()
    assert asked() == few
