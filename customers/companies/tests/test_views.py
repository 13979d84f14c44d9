"""The pages of companies."""

import pytest

from crm.activity.models import Activity
from crm.core.keyset import COUNT_LIMIT
from crm.notifications.models import Notice
from crm.notifications.services import read
from customers.companies import services
from customers.companies.models import Company

pytestmark = pytest.mark.django_db

LIST = "/customers/companies/"


def test_every_page_of_a_company_answers_the_manager(people, acme, signed_in):
    browser, pk = signed_in(people.manager), acme.company.pk
    parts = ("", "new/", f"{pk}/", f"{pk}/edit/", f"{pk}/panels/", f"{pk}/assignment/", "bin/", "hint/?name=恒立达", "?part=filters", "?part=columns")
    for part in parts:
        assert browser.get(LIST + part).status_code == 200, part


def test_nobody_sees_a_page_without_signing_in(client, acme):
    for part in ("", "new/", f"{acme.company.pk}/", "hint/?name=恒立达"):
        answer = client.get(LIST + part)
        assert (answer.status_code, answer.url.startswith("/accounts/login/")) == (302, True)


def test_a_missing_right_is_403_and_a_foreign_record_404(people, acme, make_company, signed_in):
    assert signed_in(people.finance).get(f"{LIST}new/").status_code == 403
    assert signed_in(people.finance).get(f"{LIST}{acme.company.pk}/edit/").status_code == 403
    assert signed_in(people.rep_a).get(f"{LIST}{acme.company.pk}/assignment/").status_code == 403
    assert signed_in(people.rep_c).get(f"{LIST}{acme.company.pk}/").status_code == 404
    assert signed_in(people.rep_c).get(f"{LIST}987654321/").status_code == 404


def test_a_name_of_two_hundred_characters_is_taken_and_one_more_refused(people, signed_in):
    browser = signed_in(people.rep_a)
    assert browser.post(f"{LIST}new/", {"name": "长" * 200}).status_code == 303
    assert len(Company.objects.get().name) == 200
    assert browser.get(LIST).status_code == 200
    assert browser.post(f"{LIST}new/", {"name": "长" * 201}).status_code == 422


def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(people, in_english):
    answer = in_english(people.rep_a).post(f"{LIST}new/", {"name": "恒立达", "credit_code": "12345", "phone": "1381234"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert text.count('aria-invalid="true"') == 2
    assert 'value="恒立达"' in text
    assert 'value="1381234"' in text
    assert not Company.objects.exists()


def test_a_double_click_makes_one_company(people, signed_in):
    browser = signed_in(people.rep_a)
    first, second = (browser.post(f"{LIST}new/", {"name": "恒立达", "once": "abc"}) for _ in range(2))
    assert first.url == second.url
    assert Company.objects.count() == 1


def test_a_name_that_is_known_is_asked_about_and_may_be_saved_all_the_same(people, make_company, in_english):
    make_company("厦门鹭港电子股份有限公司", by=people.rep_c)
    browser = in_english(people.rep_a)
    answer = browser.post(f"{LIST}new/", {"name": "厦门鹭港电子股份有限公司"})
    assert answer.status_code == 409
    assert "华东二组 looks after it." in answer.content.decode()
    assert "何佳" not in answer.content.decode()
    assert browser.post(f"{LIST}new/", {"name": "厦门鹭港电子股份有限公司", "even_if_known": "1"}).status_code == 303


def test_while_typing_the_house_says_what_it_knows_to_those_who_may_know(people, make_company, in_english):
    foreign = make_company("厦门鹭港电子股份有限公司", by=people.rep_c)
    own = make_company("厦门鹭港电子有限公司", by=people.rep_a)
    url = f"{LIST}hint/?name=厦门鹭港电子"
    text = in_english(people.rep_a).get(url).content.decode()
    assert f'href="{LIST}{own.pk}/"' in text
    assert "华东二组 looks after it" in text
    assert foreign.name not in text
    assert "何佳" not in text
    outside = in_english(people.partner).get(url).content.decode()
    assert "ask your contact person" in outside
    assert "华东" not in outside
    assert in_english(people.rep_a).get(f"{LIST}hint/?name=厦").content.strip() == b""
    assert in_english(people.finance).get(url).status_code == 403


def test_a_partner_learns_nothing_from_a_refusal(people, make_company, in_english):
    make_company("厦门鹭港电子股份有限公司", by=people.rep_c)
    answer = in_english(people.partner).post(f"{LIST}new/", {"name": "厦门鹭港电子股份有限公司"})
    assert answer.status_code == 409
    assert "华东" not in answer.content.decode()


def test_the_second_of_two_editors_sees_both_versions_and_may_save_again(people, acme, signed_in):
    browser, url = signed_in(people.rep_a), f"{LIST}{acme.company.pk}/edit/"
    services.update(acme.company, {"short_name": "恒立达"}, by=people.manager)
    form = {"name": acme.company.name, "short_name": "HLD", "version": 1}
    answer = browser.post(url, form)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "HLD" in text
    assert "恒立达</td>" in text
    assert Company.objects.get().short_name == "恒立达"
    assert browser.post(url, form | {"version": 2}).status_code == 303
    assert Company.objects.get().short_name == "HLD"


def test_a_company_goes_to_the_bin_and_comes_back(people, acme, signed_in):
    browser, pk = signed_in(people.rep_a), acme.company.pk
    assert browser.get(f"{LIST}{pk}/bin/").status_code == 405
    assert browser.post(f"{LIST}{pk}/bin/").url == LIST
    assert browser.get(f"{LIST}{pk}/").status_code == 404
    assert acme.company.name in browser.get(f"{LIST}bin/").content.decode()
    assert acme.company.name not in signed_in(people.rep_c).get(f"{LIST}bin/").content.decode()
    assert signed_in(people.rep_c).post(f"{LIST}{pk}/restoration/").status_code == 404
    signed_in(people.rep_a).post(f"{LIST}{pk}/restoration/")
    assert signed_in(people.rep_a).get(f"{LIST}{pk}/").status_code == 200


def test_many_are_handed_over_after_a_question_and_the_new_owner_hears_of_it_once(people, make_company, signed_in):
    rows = [make_company(f"客户{n}号") for n in range(3)]
    browser = signed_in(people.lead_east)
    ids = {"id": [row.pk for row in rows], "query": "sort=name"}
    asked = browser.post(f"{LIST}bulk/assignment/", ids)
    assert asked.status_code == 200
    assert browser.post(f"{LIST}bulk/assignment/", ids | {"asked": 1, "owner": ""}).status_code == 422
    done = browser.post(f"{LIST}bulk/assignment/", ids | {"asked": 1, "owner": people.rep_c.pk})
    assert done.url == f"{LIST}?sort=name"
    assert Company.objects.filter(owner=people.rep_c, team=people.east_2).count() == 3
    read(list(Activity.objects.filter(verb="companies.assigned").select_related("actor")))
    assert [(n.user, n.facts["count"]) for n in Notice.objects.filter(code="companies.assigned")] == [(people.rep_c, 3)]


def test_a_bulk_change_reaches_only_what_the_person_sees(people, make_company, signed_in):
    own, foreign = make_company("甲"), make_company("乙", by=people.rep_c)
    browser = signed_in(people.rep_a)
    browser.post(f"{LIST}bulk/tags/", {"id": [own.pk, foreign.pk], "asked": 1, "tag": "重点"})
    assert list(Company.objects.filter(tags=["重点"])) == [own]
    browser.post(f"{LIST}bulk/bin/", {"id": [own.pk, foreign.pk, "x"]})
    assert list(Company.objects.live()) == [foreign]
    assert browser.post(f"{LIST}bulk/assignment/", {"id": [own.pk]}).status_code == 403
    assert browser.post(f"{LIST}bulk/tags/", {"id": [foreign.pk], "asked": 1, "tag": "x" * 41}).status_code == 422


def test_a_masked_reader_sees_no_whole_number_anywhere(people, make_company, make_contact, signed_in):
    company = make_company(phone="0512-68881234", credit_code="91320594MA1X7K3L0Q")
    make_contact(company)
    services.assign([company], to=people.outsourced, by=people.manager)
    browser = signed_in(people.outsourced)
    urls = [
        f"{LIST}?column=phone&column=credit_code", f"{LIST}{company.pk}/", f"{LIST}{company.pk}/edit/", f"{LIST}{company.pk}/panels/",
        f"/api/v1/companies/{company.pk}/", "/api/v1/companies/", f"/activity/companies/{company.pk}/", "/search/?q=恒立达", "/pick/companies/?q=恒立达",
    ]  # fmt: skip
    for url in urls:
        answer = browser.get(url)
        assert answer.status_code == 200, url
        text = answer.content.decode().replace(" ", "")
        for secret in ("68881234", "6888", "MA1X7K3L", "13812347788", "1234778"):
            assert secret not in text, (url, secret)


def test_a_masked_reader_finds_by_what_he_sees_and_not_by_the_middle(people, make_company, reader):
    company = make_company(phone="0512-68881234")
    services.assign([company], to=people.outsourced, by=people.manager)
    masked = reader(people.outsourced, LIST)
    assert masked.ids("?q=1234") == [company.pk]
    assert masked.ids("?q=0512-68881234") == [company.pk]
    assert masked.ids("?q=688812") == []
    assert reader(people.manager, LIST).ids("?q=688812") == [company.pk]


def test_more_than_a_thousand_are_not_counted(people, in_english):
    rows = [services.clean({"name": f"客户{n}号"}) for n in range(COUNT_LIMIT + 1)]
    services.create_many(rows, by=people.rep_a)
    assert "<b>more than 1,000</b>" in in_english(people.rep_a).get(LIST).content.decode()


def test_on_the_phone_the_large_button_opens_the_log_in_its_place(people, acme, signed_in):
    page = signed_in(people.rep_a).get(f"/customers/companies/{acme.company.pk}/").content.decode()
    phone = page.partition('<div class="km-phone-actions">')[2].partition("</header>")[0]
    log = f"/interactions/new/?company={acme.company.pk}"
    assert f'class="km-button km-primary" href="{log}" hx-get="{log}" hx-target="#km-composer"' in phone
    assert f"{log}&amp;channel=visit" in phone
    assert "&amp;channel=visit" not in page.partition('<div class="km-actions km-desk">')[2].partition("</header>")[0].partition("km-phone-actions")[0]
