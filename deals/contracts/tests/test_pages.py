"""Contracts in the browser and over the API."""

from decimal import Decimal

import pytest

from deals.contracts import services
from deals.contracts.models import Contract

pytestmark = pytest.mark.django_db
PAGES, API = "/deals/contracts/", "/api/v1/contracts/"


@pytest.fixture(autouse=True)
def today(at):
    return at("2026-11-20 10:00")


def terms(company, **values):
    return {"company": company.pk, "name": "MES 二期合同", "amount": "1000.00", "currency": "CNY", **values}


def test_every_page_of_a_contract_answers_its_owner(people, make_contract, signed_in):
    browser, pk = signed_in(people.rep_a), make_contract().pk
    for part in ("", "new/", "bin/", f"{pk}/", f"{pk}/edit/", f"{pk}/panels/", f"{pk}/signature/", f"{pk}/termination/", "?q=MES", "?part=filters"):
        assert browser.get(PAGES + part).status_code == 200, part


def test_another_teams_rep_finds_no_trace_of_a_contract(people, make_contract, signed_in):
    contract = make_contract(name="绝密合同")
    browser = signed_in(people.rep_c)
    for part in ("", "edit/", "panels/", "signature/", "termination/"):
        assert browser.get(f"{PAGES}{contract.pk}/{part}").status_code == 404, part
    for part in ("signature/", "execution/", "completion/", "termination/", "bin/"):
        assert browser.post(f"{PAGES}{contract.pk}/{part}").status_code == 404, part
    assert browser.get(f"{API}{contract.pk}/").status_code == 404
    for url in (PAGES, f"{PAGES}?q=绝密", "/search/?q=绝密合同", "/pick/contracts/?q=绝密合同", API):
        found = browser.get(url).content.decode().replace("绝密合同”", "").replace('value="绝密', "").replace("q=绝密", "")
        assert contract.number not in found, url


def test_service_reads_contracts_and_is_refused_what_it_may_not_do(people, make_contract, signed_in):
    contract = make_contract()
    browser = signed_in(people.service)
    page = browser.get(f"{PAGES}{contract.pk}/").content.decode()
    assert "signature/" not in page
    assert browser.post(f"{PAGES}{contract.pk}/signature/", {"signed_on": "2026-11-20"}).status_code == 403
    assert browser.get(f"{PAGES}new/").status_code == 403


def test_marketing_sees_no_contract_at_all(people, make_contract, signed_in):
    contract = make_contract()
    browser = signed_in(people.marketing)
    assert browser.get(PAGES).status_code == 403
    assert browser.get(f"{PAGES}{contract.pk}/").status_code == 404
    assert contract.number not in browser.get(f"/customers/companies/{contract.company_id}/panels/").content.decode()


def test_out_of_an_opportunity_the_form_knows_company_name_and_amount(people, make_opportunity, signed_in):
    opportunity = make_opportunity(name="仓储二期", amount=Decimal("620000.00"))
    page = signed_in(people.rep_a).get(f"{PAGES}new/?opportunity={opportunity.pk}").content.decode()
    assert 'value="仓储二期"' in page
    assert 'value="620000.00"' in page
    assert opportunity.company.name in page


def test_sent_twice_the_form_drafts_one_contract(people, make_company, signed_in):
    browser, form = signed_in(people.rep_a), terms(make_company(), once="k1")
    first, again = browser.post(f"{PAGES}new/", form), browser.post(f"{PAGES}new/", form)
    assert first.status_code == again.status_code == 303
    assert first.url == again.url
    assert Contract.objects.count() == 1


def test_what_cannot_be_taken_is_told_at_its_field_and_nothing_is_lost(people, make_company, signed_in):
    form = terms(make_company(), starts_on="2026-12-01", ends_on="2026-11-01", payment_terms="月结 30 天")
    answer = signed_in(people.rep_a).post(f"{PAGES}new/", form)
    assert answer.status_code == 422
    assert answer.context["form"].errors["ends_on"]
    assert 'value="月结 30 天"' in answer.content.decode()
    assert not Contract.objects.exists()


def test_a_contract_goes_its_way_by_buttons(people, make_contract, signed_in):
    browser, contract = signed_in(people.rep_a), make_contract()
    browser.post(f"{PAGES}{contract.pk}/signature/", {"signed_on": "2026-11-19"})
    contract.refresh_from_db()
    assert (contract.state, str(contract.signed_on)) == ("signed", "2026-11-19")
    browser.post(f"{PAGES}{contract.pk}/execution/")
    browser.post(f"{PAGES}{contract.pk}/completion/")
    contract.refresh_from_db()
    assert contract.state == "done"
    assert browser.post(f"{PAGES}{contract.pk}/signature/", {"signed_on": "2026-11-19"}).status_code == 409


def test_a_signature_in_the_future_and_an_end_without_reason_are_refused_in_place(people, make_contract, signed_in):
    browser, contract = signed_in(people.rep_a), make_contract()
    future = browser.post(f"{PAGES}{contract.pk}/signature/", {"signed_on": "2026-11-21"})
    assert future.status_code == 422
    assert future.context["form"].errors["signed_on"]
    services.sign(contract, signed_on=Contract.objects.get().created_at.date(), by=people.rep_a)
    assert browser.post(f"{PAGES}{contract.pk}/termination/", {"reason": " "}).status_code == 422
    assert browser.post(f"{PAGES}{contract.pk}/termination/", {"reason": "客户停产"}).status_code == 303
    assert Contract.objects.get().end_reason == "客户停产"


def test_a_signed_contract_offers_only_its_notes_for_change(people, make_contract, signed_in):
    browser, contract = signed_in(people.rep_a), make_contract(signed=True)
    page = browser.get(f"{PAGES}{contract.pk}/edit/")
    assert set(page.context["form"].fields) == {"once", "version", "notes"}
    browser.post(f"{PAGES}{contract.pk}/edit/", {"notes": "补充协议在谈", "amount": "1", "version": contract.version})
    contract.refresh_from_db()
    assert (contract.notes, contract.amount) == ("补充协议在谈", Decimal("1000.00"))


def test_a_draft_goes_to_the_bin_and_back(people, make_contract, signed_in):
    browser, contract = signed_in(people.rep_a), make_contract()
    assert browser.post(f"{PAGES}{contract.pk}/bin/").url == PAGES
    assert browser.get(f"{PAGES}{contract.pk}/").status_code == 404
    assert contract.number in browser.get(f"{PAGES}bin/").content.decode()
    browser.post(f"{PAGES}{contract.pk}/restoration/")
    assert browser.get(f"{PAGES}{contract.pk}/").status_code == 200


def test_a_partner_reads_his_contracts_without_the_amount(people, make_company, make_contract, signed_in):
    contract = make_contract(make_company(by=people.partner), by=people.admin, amount="98765.00")
    services.assign([contract], to=people.partner, by=people.admin)
    browser = signed_in(people.partner)
    page = browser.get(f"{PAGES}{contract.pk}/")
    assert page.status_code == 200
    for shown in (page, browser.get(PAGES), browser.get(f"/customers/companies/{contract.company_id}/panels/")):
        assert "98,765" not in shown.content.decode()
    assert browser.get(f"{API}{contract.pk}/").json()["amount"] == "***"
    assert len(browser.get(f"{API}?amount_min=99000").json()["results"]) == 1  # no finding out by trying


def test_the_company_page_shows_contracts_and_their_tab(people, make_contract, signed_in):
    contract = make_contract(signed=True)
    browser = signed_in(people.rep_a)
    assert contract.number in browser.get(f"/customers/companies/{contract.company_id}/panels/").content.decode()
    page = browser.get(f"/customers/companies/{contract.company_id}/").content.decode()
    assert f"/deals/contracts/?company={contract.company_id}" in page
    assert "1,000.00" in page


def test_the_list_finds_by_number_by_its_last_figures_by_name_and_by_company(people, make_company, make_contract, signed_in):
    wanted = make_contract(make_company("宁波海澜仓储物流有限公司"), name="仓储系统")
    make_contract(make_company("成都蜀锦食品集团有限公司"), name="追溯系统")
    browser = signed_in(people.rep_a)
    for typed in (wanted.number, wanted.number[3:], str(int(wanted.number[-4:])), "仓储系统", "海澜"):
        found = browser.get(PAGES, {"q": typed}).content.decode()
        assert wanted.number in found, typed
        assert "追溯系统" not in found, typed


def test_contracts_over_the_api_from_draft_to_end(people, make_company, signed_in):
    browser = signed_in(people.rep_a)
    made = browser.post(API, terms(make_company()), content_type="application/json")
    assert made.status_code == 201
    url = f"{API}{made.json()['id']}/"
    assert browser.patch(url, {"amount": "1200.00"}, content_type="application/json").json()["amount"] == "1200.00"
    assert browser.patch(url, {"amount": "1"}, content_type="application/json", headers={"If-Match": "1"}).status_code == 409
    signed = browser.post(f"{url}signature/", {"signed_on": "2026-11-20"}, content_type="application/json")
    assert signed.json()["state"] == "signed"
    assert browser.post(f"{url}execution/").json()["state"] == "executing"
    ended = browser.post(f"{url}termination/", {"reason": "客户停产"}, content_type="application/json").json()
    assert (ended["state"], ended["end_reason"]) == ("ended", "客户停产")
    assert browser.post(f"{url}completion/").status_code == 409


def test_the_api_takes_no_company_out_of_reach(people, make_company, signed_in):
    theirs = make_company(by=people.rep_c)
    answer = signed_in(people.rep_a).post(API, terms(theirs), content_type="application/json")
    assert answer.status_code == 422
    assert answer.json()["field"] == "company"


def test_one_idempotency_key_is_one_contract(people, make_company, signed_in):
    browser, body = signed_in(people.rep_a), terms(make_company())
    numbers = {browser.post(API, body, content_type="application/json", headers={"Idempotency-Key": "k"}).json()["number"] for _time in (1, 2)}
    assert len(numbers) == 1
    assert Contract.objects.count() == 1


def test_the_sums_of_a_list_longer_than_a_page_are_asked_for_after_it(people, make_contract, signed_in):
    for _number in range(51):
        make_contract(amount=Decimal("1000.10"))
    browser = signed_in(people.rep_a)
    page = browser.get(PAGES).content.decode()
    assert "part=foot" in page
    assert "51,005.10" not in page
    assert "51,005.10" in browser.get(f"{PAGES}?part=foot").content.decode()
