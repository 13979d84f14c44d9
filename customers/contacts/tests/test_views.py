"""The pages of contacts."""

import pytest

from customers.contacts import services
from customers.contacts.models import Contact

pytestmark = pytest.mark.django_db

LIST = "/customers/contacts/"


def form(company, **values):
    return {"name": "沈丽华", "company": company.pk, "position": "副总", "mobile": "139 9876 0021"} | values


def points(contact):
    return [(p.kind, p.norm, p.is_primary) for p in contact.points.order_by("kind", "id")]


def test_every_page_of_a_contact_answers_the_manager(people, acme, signed_in):
    browser, pk = signed_in(people.manager), acme.contact.pk
    for part in ("", "new/", f"{pk}/", f"{pk}/edit/", f"{pk}/panels/", f"{pk}/assignment/", f"{pk}/company/", "bin/", "?part=filters", "?part=columns"):
        assert browser.get(LIST + part).status_code == 200, part


def test_a_missing_right_is_403_and_a_foreign_record_404(people, acme, signed_in):
    pk = acme.contact.pk
    assert signed_in(people.finance).get(f"{LIST}new/").status_code == 403
    assert signed_in(people.finance).get(f"{LIST}{pk}/edit/").status_code == 403
    assert signed_in(people.rep_a).get(f"{LIST}{pk}/assignment/").status_code == 403
    for part in ("", "edit/", "panels/", "company/"):
        assert signed_in(people.rep_c).get(f"{LIST}{pk}/{part}").status_code == 404
    for part in ("bin/", "company/", f"points/{acme.contact.points.get().pk}/verification/"):
        assert signed_in(people.rep_c).post(f"{LIST}{pk}/{part}").status_code == 404


def test_from_the_page_of_a_company_the_form_knows_the_company(people, acme, signed_in):
    browser = signed_in(people.rep_a)
    assert f"{LIST}new/?company={acme.company.pk}" in browser.get(f"/customers/companies/{acme.company.pk}/").content.decode()
    text = browser.get(f"{LIST}new/?company={acme.company.pk}").content.decode()
    assert f'<option value="{acme.company.pk}" selected>' in text
    foreign = signed_in(people.rep_c).get(f"{LIST}new/?company={acme.company.pk}").content.decode()
    assert acme.company.name not in foreign


def test_a_saved_form_leads_to_the_page_of_the_new_contact(people, acme, signed_in):
    browser = signed_in(people.rep_a)
    further = {"kind_0": "mobile", "value_0": "13700001111", "kind_1": "email", "value_1": "SHEN@acme.cn", "wechat": "shen_lh"}
    answer = browser.post(f"{LIST}new/", form(acme.company, **further))
    contact = Contact.objects.get(name="沈丽华")
    assert (answer.status_code, answer.url) == (303, f"{LIST}{contact.pk}/")
    assert points(contact) == [
        ("email", "shen@acme.cn", True), ("mobile", "+8613998760021", True), ("mobile", "+8613700001111", False), ("wechat", "shen_lh", True),
    ]  # fmt: skip


def test_a_form_saved_as_it_was_opened_changes_nothing(people, acme, signed_in):
    rows = [
        {"kind": "mobile", "value": "13812347788", "is_primary": True}, {"kind": "landline", "value": "010-68881234 转 802"},
        {"kind": "mobile", "value": "13700000001"}, {"kind": "phone", "value": "+852 9123 4567"}, {"kind": "email", "value": "zhou@acme.cn"},
        {"kind": "weibo", "value": "@zhou", "label": "公司号"},
    ]  # fmt: skip
    services.set_points(acme.contact, rows, by=people.rep_a)
    browser, url = signed_in(people.rep_a), f"{LIST}{acme.contact.pk}/edit/"
    opened = browser.get(url).context["form"]
    given = {bound.html_name: bound.value() for bound in opened if bound.value() not in (None, False, [])}
    before = points(acme.contact)
    assert browser.post(url, given).status_code == 303
    acme.contact.refresh_from_db()
    assert (points(acme.contact), acme.contact.version, acme.contact.points.get(kind="weibo").label) == (before, 2, "公司号")


def test_what_is_missing_is_said_at_each_field(people, in_english):
    answer = in_english(people.rep_a).post(f"{LIST}new/", {"name": "", "mobile": ""})
    assert answer.status_code == 422
    assert {name for name, errors in answer.context["form"].errors.items() if errors} == {"name", "company", "position"}


def test_without_any_way_to_reach_the_person_the_form_says_so(people, acme, in_english):
    answer = in_english(people.rep_a).post(f"{LIST}new/", form(acme.company, mobile=""))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["mobile"])


def test_a_bad_further_row_is_marked_where_it_stands(people, acme, signed_in):
    rows = {"kind_0": "mobile", "value_0": "", "kind_1": "email", "value_1": "nobody"}
    answer = signed_in(people.rep_a).post(f"{LIST}new/", form(acme.company, **rows))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["value_1"])


@pytest.mark.parametrize(("length", "status"), [(200, 303), (201, 422)])
def test_a_name_has_two_hundred_characters_at_most(people, acme, signed_in, length, status):
    assert signed_in(people.rep_a).post(f"{LIST}new/", form(acme.company, name="长" * length)).status_code == status


def test_a_double_click_makes_one_contact(people, acme, signed_in):
    browser = signed_in(people.rep_a)
    first, second = (browser.post(f"{LIST}new/", form(acme.company, once="abc")) for _ in range(2))
    assert first.url == second.url
    assert Contact.objects.filter(name="沈丽华").count() == 1


def test_an_address_that_is_known_is_asked_about_and_may_be_saved_all_the_same(people, acme, make_company, in_english):
    other, browser = make_company("宁波海澜仓储物流有限公司", by=people.rep_c), in_english(people.rep_c)
    services.update(acme.contact, {"email": "zhou@acme.cn"}, by=people.rep_a)
    given = form(other, email="zhou@acme.cn")
    answer = browser.post(f"{LIST}new/", given)
    assert answer.status_code == 409
    assert "华东一组 looks after it" in answer.content.decode()
    assert "周建明" not in answer.content.decode()
    assert browser.post(f"{LIST}new/", given | {"even_if_known": "1"}).status_code == 303


def test_the_second_of_two_editors_sees_both_versions(people, acme, signed_in):
    services.update(acme.contact, {"position": "厂长"}, by=people.manager)
    given = form(acme.company, name="周建明", position="总经理", mobile="13812347788", version=1)
    answer = signed_in(people.rep_a).post(f"{LIST}{acme.contact.pk}/edit/", given)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "总经理" in text
    assert "厂长" in text


def test_a_number_is_marked_as_right_or_wrong_on_the_page(people, acme, signed_in):
    browser, point = signed_in(people.rep_a), acme.contact.points.get()
    url = f"{LIST}{acme.contact.pk}/points/{point.pk}/verification/"
    for given, state in (("1", "valid"), ("0", "invalid")):
        assert browser.post(url, {"valid": given}).url == f"{LIST}{acme.contact.pk}/"
        point.refresh_from_db()
        assert point.state == state
    assert browser.post(f"{LIST}{acme.contact.pk}/points/987654/verification/").status_code == 404


def test_a_person_moves_to_another_company_on_the_page(people, acme, make_company, signed_in):
    new, foreign = make_company("宁波海澜仓储物流有限公司"), make_company("厦门鹭港电子股份有限公司", by=people.rep_c)
    browser, url = signed_in(people.rep_a), f"{LIST}{acme.contact.pk}/company/"
    assert browser.post(url, {"company": foreign.pk}).status_code == 422
    assert browser.post(url, {"company": new.pk, "position": ""}).status_code == 422
    assert browser.post(url, {"company": new.pk, "position": "总经理"}).status_code == 303
    acme.contact.refresh_from_db()
    assert (acme.contact.company, acme.contact.position) == (new, "总经理")


def test_a_contact_goes_to_the_bin_and_comes_back(people, acme, signed_in):
    browser, pk = signed_in(people.rep_a), acme.contact.pk
    assert browser.post(f"{LIST}{pk}/bin/").url == LIST
    assert browser.get(f"{LIST}{pk}/").status_code == 404
    assert "周建明" in browser.get(f"{LIST}bin/").content.decode()
    assert signed_in(people.rep_c).post(f"{LIST}{pk}/restoration/").status_code == 404
    signed_in(people.rep_a).post(f"{LIST}{pk}/restoration/")
    assert signed_in(people.rep_a).get(f"{LIST}{pk}/").status_code == 200


def test_many_are_tagged_binned_and_handed_over(people, acme, make_contact, signed_in):
    rows = [acme.contact, make_contact(acme.company, "吴倩", mobile="13700000002")]
    ids = {"id": [row.pk for row in rows], "query": "sort=name"}
    browser = signed_in(people.lead_east)
    assert browser.post(f"{LIST}bulk/tags/", ids).status_code == 200
    assert browser.post(f"{LIST}bulk/tags/", ids | {"asked": 1, "tag": "展会"}).url == f"{LIST}?sort=name"
    assert browser.post(f"{LIST}bulk/assignment/", ids | {"asked": 1, "owner": people.rep_c.pk}).status_code == 303
    assert set(Contact.objects.values_list("owner", "co_owner")) == {(people.rep_c.pk, people.rep_a.pk)}
    assert browser.post(f"{LIST}bulk/bin/", ids).status_code == 303
    assert Contact.objects.live().count() == 0
    assert signed_in(people.rep_a).post(f"{LIST}bulk/assignment/", ids).status_code == 403


def test_the_page_of_a_company_names_its_people_those_who_decide_first(people, acme, make_contact, in_english):
    make_contact(acme.company, "吴倩", mobile="13700000002", decision_role="payer")
    make_contact(acme.company, "沈丽华", mobile="13998760021", decision_role="decision_maker")
    services.update(make_contact(acme.company, "旧人", mobile="13700000009"), {"has_left": True}, by=people.rep_a)
    text = in_english(people.rep_a).get(f"/customers/companies/{acme.company.pk}/").content.decode()
    card = text[text.index("km-person-rows") :]
    places = [card.index(name) for name in ("沈丽华", "吴倩", "周建明", "旧人")]
    assert places == sorted(places)
    assert '<a href="tel:+8613998760021">139 9876 0021</a>' in card or '<a href="tel:+8613998760021">+86 139 9876 0021</a>' in card


def test_a_masked_reader_sees_no_whole_number_or_address_anywhere(people, acme, signed_in):
    services.update(acme.contact, {"email": "zhou.jianming@acme.cn", "wechat": "zhou_wechat_1", "phone": "010-68881234"}, by=people.rep_a)
    services.assign([acme.contact], to=people.outsourced, by=people.manager)
    browser, pk = signed_in(people.outsourced), acme.contact.pk
    urls = [
        f"{LIST}?column=phone&column=email&column=wechat", f"{LIST}{pk}/", f"{LIST}{pk}/edit/", f"{LIST}{pk}/panels/", f"/activity/contacts/{pk}/",
        f"/api/v1/contacts/{pk}/", "/api/v1/contacts/", "/search/?q=周建明", "/search/palette/?q=周建明", "/pick/contacts/?q=周建明",
    ]  # fmt: skip
    for url in urls:
        answer = browser.get(url)
        assert answer.status_code == 200, url
        text = answer.content.decode().replace(" ", "")
        for secret in ("1234778", "12347788", "6888", "zhou.jian", "zhou_wechat", "_wechat_"):
            assert secret not in text, (url, secret)
    assert "138****7788" in browser.get(f"{LIST}{pk}/").content.decode().replace(" ", "")


def test_a_masked_reader_corrects_the_person_without_touching_the_numbers(people, make_company, make_contact, signed_in):
    company = make_company(by=people.outsourced)
    contact = make_contact(company, by=people.outsourced)
    given = {"name": "周建明", "company": company.pk, "position": "厂长", "version": 1, "mobile": "13700000000", "kind_0": "mobile", "value_0": "13900000001"}
    assert signed_in(people.outsourced).post(f"{LIST}{contact.pk}/edit/", given).status_code == 303
    contact.refresh_from_db()
    assert contact.position == "厂长"
    assert points(contact) == [("mobile", "+8613812347788", True), ("mobile", "+8613900000001", False)]
