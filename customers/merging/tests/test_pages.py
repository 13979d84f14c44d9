"""Merging on the page and over the API, by people and programs."""

import re
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from crm.accounts import services as accounts
from crm.accounts.models import Role
from customers.companies import services as companies
from customers.companies.models import Company
from customers.contacts.models import Contact
from customers.merging import services
from customers.merging.models import Merge

pytestmark = pytest.mark.django_db
PAGE = "/customers/companies/merging/"
CODE = "91320594MA1X7K3L0Q"


@pytest.fixture
def two(people, make_company, make_contact):
    """`first` of rep_a with a person, `second` of rep_b that knows more."""
    first = make_company("苏州恒立达精密机械有限公司", phone="0512-88889999", address="苏州工业园区星湖街 218 号", tags=["重点客户"])
    values = {"credit_code": CODE, "address": "苏州工业园区星湖街 218 号 B 座 3 楼", "tags": ["设备联网"], "industry": "machinery"}
    second = make_company("苏州恒立达精密机械（新）", by=people.rep_b, **values)
    make_contact(first)
    return SimpleNamespace(first=first, second=second)


def form_of(text):
    """What the form of the page sends as it stands."""
    found = {}
    for tag in re.findall(r"<input[^>]+>", text[text.index("data-km-merge") :]):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and ("hidden" in tag or "checked" in tag) and name[1] != "csrfmiddlewaretoken":
            found.setdefault(name[1], []).append(value[1] if value else "")
    return found


def test_the_page_proposes_the_record_with_most_history_the_sure_name_and_the_fuller_address(two, people, in_english):
    text = in_english(people.manager).get(f"{PAGE}?ids={two.second.pk},{two.first.pk}").content.decode()
    sent = form_of(text)
    assert sent["survivor"] == [str(two.first.pk)]
    assert sent["pick-name"] == [str(two.second.pk)]  # it carries the credit code
    assert sent["pick-address"] == [str(two.second.pk)]
    assert sent["pick-owner"] == [str(two.first.pk)]
    assert sent["take-tags"] == [str(two.first.pk), str(two.second.pk)]
    assert "pick-industry" not in sent  # only one of them has it: there is nothing to choose
    assert "1 record, 1 related record" in text
    assert "different owners" in text


def test_as_proposed_one_press_merges_and_a_second_one_leads_to_the_same_record(two, people, signed_in):
    browser = signed_in(people.manager)
    sent = form_of(browser.get(f"{PAGE}?ids={two.first.pk},{two.second.pk}").content.decode())
    for _press in range(2):
        answer = browser.post(PAGE, sent)
        assert (answer.status_code, answer["Location"]) == (303, f"/customers/companies/{two.first.pk}/")
    assert Merge.objects.count() == 1
    kept = Company.objects.get(pk=two.first.pk)
    assert (kept.name, kept.credit_code, kept.phone, kept.tags) == ("苏州恒立达精密机械（新）", CODE, "+8651288889999", ["重点客户", "设备联网"])
    assert (kept.address, kept.industry, kept.owner) == ("苏州工业园区星湖街 218 号 B 座 3 楼", "machinery", people.rep_a)


def test_what_is_picked_counts(two, people, signed_in):
    browser = signed_in(people.manager)
    page = browser.get(f"{PAGE}?ids={two.first.pk},{two.second.pk}&survivor={two.second.pk}").content.decode()
    sent = form_of(page) | {"pick-name": [str(two.first.pk)], "take-tags": [str(two.first.pk)], "pick-owner": [str(two.second.pk)]}
    assert browser.post(PAGE, sent)["Location"] == f"/customers/companies/{two.second.pk}/"
    kept = Company.objects.get(pk=two.second.pk)
    assert (kept.name, kept.tags, kept.owner, kept.contacts.count()) == ("苏州恒立达精密机械有限公司", ["重点客户"], people.rep_b, 1)


def test_tags_nobody_wants_are_gone(two, people, signed_in):
    browser = signed_in(people.manager)
    sent = form_of(browser.get(f"{PAGE}?ids={two.first.pk},{two.second.pk}").content.decode())
    del sent["take-tags"]
    browser.post(PAGE, sent)
    assert Company.objects.get(pk=two.first.pk).tags == []


def test_somebody_who_changed_a_record_meanwhile_is_not_overwritten(two, people, signed_in):
    browser = signed_in(people.manager)
    sent = form_of(browser.get(f"{PAGE}?ids={two.first.pk},{two.second.pk}").content.decode())
    companies.update(two.second, {"notes": "已经改了"}, by=people.rep_b)
    answer = browser.post(PAGE, sent)
    assert answer.status_code == 409
    assert "已经改了" in answer.content.decode()
    assert Merge.objects.count() == 0
    assert browser.post(PAGE, form_of(answer.content.decode())).status_code == 303


@pytest.mark.parametrize(("who", "code"), [("rep_a", 404), ("rep_c", 404), ("telesales", 403), ("service", 403), ("lead_east", 303)])
def test_who_may_merge(two, people, signed_in, who, code):
    person = getattr(people, who)
    sent = {"ids": f"{two.first.pk},{two.second.pk}", "survivor": two.first.pk}
    answer = signed_in(person).post(PAGE, sent)
    assert answer.status_code in ({404: (403, 404, 409)}.get(code, (code,)))
    assert Merge.objects.exists() == (code == 303)


def test_one_record_alone_asks_for_the_other(two, people, in_english):
    browser = in_english(people.manager)
    assert "Which record is the same as" in browser.get(f"{PAGE}?ids={two.first.pk}").content.decode()
    assert "data-km-merge" in browser.get(f"{PAGE}?ids={two.first.pk}&survivor={two.first.pk}&add={two.second.pk}").content.decode()


def test_the_list_and_the_menu_of_a_record_lead_there(two, people, signed_in):
    browser = signed_in(people.manager)
    chosen = {"id": [two.first.pk, two.second.pk]}
    assert browser.post("/customers/companies/bulk/merging/", chosen)["Location"] == f"{PAGE}?ids={two.first.pk},{two.second.pk}"
    assert browser.post("/customers/companies/bulk/merging/", {"id": [two.first.pk]})["Location"].startswith("/customers/companies/?")
    assert f"{PAGE}?ids={two.first.pk}" in browser.get(f"/customers/companies/{two.first.pk}/").content.decode()
    assert reverse("customers:merging:companies-bulk") in browser.get("/customers/companies/").content.decode()


def test_old_ids_in_the_address_lead_to_what_they_were_merged_into(two, people, make_company, signed_in):
    third = make_company("恒立达集团")
    services.merge(two.first, [two.second], by=people.manager)
    sent = form_of(signed_in(people.manager).get(f"{PAGE}?ids={two.second.pk},{third.pk}").content.decode())
    assert sorted(sent["ids"][0].split(",")) == sorted([str(two.first.pk), str(third.pk)])


def test_the_record_says_what_was_merged_into_it_and_gives_it_back(two, people, in_english):
    browser = in_english(people.manager)
    merge = services.merge(two.first, [two.second], by=people.manager)
    panels = browser.get(f"/customers/companies/{two.first.pk}/panels/").content.decode()
    assert "苏州恒立达精密机械（新）" in panels
    assert f"/customers/merges/{merge.pk}/unmerging/" in panels
    timeline = browser.get(f"/activity/companies/{two.first.pk}/").content.decode()
    assert "Merged: 苏州恒立达精密机械（新）" in timeline
    companies.update(Company.objects.get(pk=two.first.pk), {"notes": "后来写的"}, by=people.rep_a)
    answer = browser.post(f"/customers/merges/{merge.pk}/unmerging/", follow=True)
    text = answer.content.decode()
    assert answer.redirect_chain == [(f"/customers/merges/{merge.pk}/", 303)]
    assert "后来写的" in text
    assert "Merge taken back" in browser.get(f"/activity/companies/{two.first.pk}/").content.decode()
    assert "Separated from" in browser.get(f"/activity/companies/{two.second.pk}/").content.decode()


def test_who_may_not_see_the_record_sees_no_merge_of_it(two, people, signed_in):
    merge = services.merge(two.first, [two.second], by=people.manager)
    browser = signed_in(people.rep_c)
    assert browser.get(f"/customers/merges/{merge.pk}/").status_code == 404
    assert browser.post(f"/customers/merges/{merge.pk}/unmerging/").status_code == 404


def test_contacts_are_merged_with_all_their_numbers(people, make_company, make_contact, signed_in):
    company = make_company()
    first = make_contact(company, mobile="13812347788", email="zhou@hld.cn")
    second = make_contact(company, "周建明（采购）", mobile="13912340000", wechat="zhou_jm", position="总监")
    browser = signed_in(people.rep_a)
    page = "/customers/contacts/merging/"
    text = browser.get(f"{page}?ids={first.pk},{second.pk}&survivor={first.pk}").content.decode()
    results = re.findall(r"<output[^>]*>([^<]*)</output>", text)
    assert {"138 1234 7788", "139 1234 0000", "zhou@hld.cn", "zhou_jm"} in [set(result.split("、")) for result in results]
    sent = form_of(text)
    assert sent["pick-position"] == [str(second.pk)]  # the newest position counts
    assert browser.post(page, sent).status_code == 303
    kept = Contact.objects.get(pk=first.pk)
    main = set(kept.points.filter(is_primary=True).values_list("norm", flat=True))
    assert set(kept.points.values_list("norm", flat=True)) == {"+8613812347788", "+8613912340000", "zhou@hld.cn", "zhou_jm"}
    assert main == {"+8613812347788", "zhou@hld.cn", "zhou_jm"}
    services.unmerge(Merge.objects.get(), by=people.rep_a)
    assert set(second.points.values_list("norm", "is_primary")) == {("+8613912340000", True), ("zhou_jm", True)}
    assert set(first.points.values_list("norm", flat=True)) == {"+8613812347788", "zhou@hld.cn"}


def test_programs_ask_first_then_merge_and_take_it_back(two, people):
    _token, secret = accounts.issue_token(people.manager, name="test", scopes=["companies:read", "companies:write"], by=people.manager)
    program = Client(headers={"authorization": f"Bearer {secret}"})
    url, given = f"/api/v1/companies/{two.first.pk}/", {"others": [two.second.pk], "values": {"name": "恒立达精密机械"}}
    asked = program.post(f"{url}merging/", {**given, "dry_run": True}, content_type="application/json").json()
    assert (asked["merge"], Merge.objects.count()) == (None, 0)
    assert {row["relation"]: row["count"] for row in asked["related"] if row["count"]} == {"customers.Contact.company": 1}
    done = program.post(f"{url}merging/", given, content_type="application/json").json()
    assert done == asked | {"merge": Merge.objects.get().pk}
    assert program.get(url).json()["name"] == "恒立达精密机械"
    program.patch(url, {"notes": "后来写的"}, content_type="application/json")
    back = program.post(f"{url}unmerging/", {}, content_type="application/json").json()
    assert (back["records"], back["edits"]) == ([two.first.pk, two.second.pk], {"notes": ["", "后来写的"]})
    assert program.post(f"{url}unmerging/", {}, content_type="application/json").status_code == 422
    refused = program.post(f"{url}merging/", {"others": [two.first.pk]}, content_type="application/json")
    assert (refused.status_code, refused.json()["field"]) == (422, "others")


def test_a_program_reads_masked_what_its_person_reads_masked(two, people):
    Role.objects.filter(code="manager").update(fields={"companies.phone": "mask"})
    _token, secret = accounts.issue_token(people.manager, name="test", scopes=["companies:write"], by=people.manager)
    program = Client(headers={"authorization": f"Bearer {secret}"})
    services.merge(two.first, [two.second], by=people.lead_east)
    companies.update(Company.objects.get(pk=two.first.pk), {"phone": "0512-68881234"}, by=people.rep_a)
    answer = program.post(f"/api/v1/companies/{two.first.pk}/unmerging/", {}, content_type="application/json").json()
    assert list(answer["edits"]) == ["phone"]
    assert "68881234" not in str(answer)
    assert "88889999" not in str(answer)
