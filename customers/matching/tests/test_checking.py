"""The service that says whom we know already: complete, cheap in bulk, and reported."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customers.companies import alike as company_alike
from customers.companies import services as companies
from customers.contacts import alike as contact_alike
from customers.contacts import services as contacts
from customers.matching import checking, ruleset
from customers.matching.facts import Facts

DIGITS = str.maketrans("0123456789+-() ", "０１２３４５６７８９＋－（）　")


@pytest.fixture
def told():
    """What the readers of likenesses are told while the test runs."""
    found = []
    checking.reported.add("test", lambda record, findings, by: found.append((record, [one.record for one in findings])))
    yield found
    checking.reported._things.pop("test")


@given(st.sampled_from(["+86", "0086", "86", "+86 ", ""]), st.lists(st.sampled_from(["", " ", "-", "　", "－"]), min_size=10, max_size=10), st.booleans())
def test_a_mobile_is_recognised_however_it_is_written(country, between, is_wide):
    written = country + "".join(digit + mark for digit, mark in zip("13812347788", [*between, ""], strict=True))
    written = written.translate(DIGITS) if is_wide else written
    assert contact_alike.typed({"mobile": written}).phones == {"+8613812347788"}


def test_brackets_and_dashes_make_no_other_number_and_an_extension_stands_apart():
    one, other = (company_alike.typed({"phone": text}).phones for text in ("(010) 6888-1234", "010 68881234"))
    assert one == other == {"+861068881234"}
    assert company_alike.typed({"phone": "010"}).phones == frozenset()
    assert "+861068881234" in company_alike.typed({"phone": "010-68881234转8001"}).phones


@pytest.mark.django_db
def test_a_thousand_rows_cost_as_many_questions_as_one(people, make_company, make_contact, django_assert_max_num_queries):
    company = make_company()
    make_contact(company)
    ruleset.of("companies", "import")
    rows = [Facts(firm=f"苏州恒立达{n}精密机械有限公司", phones=frozenset({f"+86512688{n:05}"})) for n in range(200)]
    with django_assert_max_num_queries(2):
        found = checking.check("companies", [*rows, Facts(firm=company.name)], path="import")
    assert [len(one) for one in found] == [0] * 200 + [1]
    people_rows = [Facts(person="李娜", mobiles=frozenset({f"+8613{n:09}"}), phones=frozenset({f"+8613{n:09}"}), is_firm=False) for n in range(200)]
    with django_assert_max_num_queries(3):
        checking.check("contacts", [*people_rows, Facts(phones=frozenset({"+8613812347788"}), is_firm=False)], path="import")


@pytest.mark.django_db
def test_among_many_namesakes_the_one_with_the_very_name_is_found(make_company):
    for _number in range(25):
        make_company("苏州鑫达商贸有限公司")
    make_company("鑫达商贸有限公司")
    found = checking.check("companies", [Facts(firm="鑫达商贸有限公司")])[0]
    assert "鑫达商贸有限公司" in {str(one.record) for one in found}


@pytest.mark.django_db
def test_what_is_let_in_although_it_is_alike_is_told_to_those_who_keep_a_list(people, make_company, told):
    first = make_company("苏州恒立达精密机械有限公司")
    second = companies.create({"name": "恒立达精密机械（苏州）有限公司"}, by=people.rep_a, even_if_known=True)
    assert told == [(second, [first])]


@pytest.mark.django_db
def test_an_equal_domain_is_reported_without_a_question(people, make_company, told):
    first = make_company("苏州恒立达精密机械有限公司", website="https://www.hengda.cn/about")
    second = companies.create({"name": "无锡明远软件有限公司", "website": "hengda.cn"}, by=people.rep_a)
    assert told == [(second, [first])]


@pytest.mark.django_db
def test_what_lies_in_the_bin_is_nobody(people, make_company):
    company = make_company("苏州恒立达精密机械有限公司")
    companies.delete(company, by=people.rep_a)
    assert checking.check("companies", [Facts(firm=company.name)]) == [[]]


@pytest.mark.django_db
def test_a_colleague_of_the_same_name_is_asked_about_in_one_company_and_not_in_another(people, acme, make_company):
    same = {"name": acme.contact.name, "company": acme.company, "position": "采购", "mobile": "13700002222"}
    with pytest.raises(checking.Conflict) as refused:
        contacts.create(same, by=people.rep_a)
    assert refused.value.code == "possible_duplicate"
    elsewhere = make_company("宁波海澜仓储物流有限公司")
    assert contacts.create(same | {"company": elsewhere}, by=people.rep_a).pk


@pytest.mark.django_db
def test_a_rename_into_a_known_name_is_asked_about_and_any_other_change_is_not(people, make_company):
    make_company("苏州恒立达精密机械有限公司")
    other = make_company("宁波海澜仓储物流有限公司")
    with pytest.raises(checking.Conflict):
        companies.update(other, {"name": "恒立达精密机械"}, by=people.rep_a)
    other = companies.update(other, {"name": "恒立达精密机械"}, by=people.rep_a, even_if_known=True)
    assert companies.update(other, {"short_name": "恒立达"}, by=people.rep_a).short_name == "恒立达"
