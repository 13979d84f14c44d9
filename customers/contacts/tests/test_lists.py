"""The list of contacts: filters, searches, orders, and whose rows stand in it."""

import re
from datetime import timedelta

import pytest

from crm.core import clock
from customers.contacts import services
from customers.contacts.models import Contact
from customers.contacts.tables import TABLE

pytestmark = pytest.mark.django_db

LIST = "/customers/contacts/"


@pytest.fixture
def pair(people, make_company, make_contact):
    """Two people of rep_a that differ in everything, one of rep_c."""
    one, two, foreign = make_company(), make_company("宁波海澜仓储物流有限公司"), make_company("厦门鹭港电子股份有限公司", by=people.rep_c)
    zhou = make_contact(
        one,
        "周建明",
        decision_role="decision_maker",
        position="设备部经理",
        source="referral",
        region="320508",
        tags=["展会"],
        gender="male",
        phone="010-68881234",
        email="zhou@acme.cn",
    )
    services.verify(zhou.points.get(kind="mobile"), by=people.rep_a)
    services.update(zhou, {"has_left": True}, by=people.rep_a)
    wu = make_contact(two, "吴倩", decision_role="payer", position="财务", mobile="", wechat="wuqian", source="website")
    Contact.objects.filter(pk=zhou.pk).update(last_contact_at=clock.now() - timedelta(days=40), created_at=clock.now() - timedelta(days=90))
    Contact.objects.filter(pk=wu.pk).update(last_contact_at=clock.now())
    return zhou, wu, make_contact(foreign, "黎明", by=people.rep_c, mobile="13700000003")


@pytest.mark.parametrize(
    "query",
    [
        "q=建明", "q=zhoujianming", "q=zjm", "q=7788", "q=138 1234 7788", "q=%2B86 13812347788", "q=123477", "q=68881234", "q=zhou@acme.cn",
        "role=decision_maker", "role=decision_maker&role=user", "position=设备", "source=referral", "region=32", "region=3205", "tag=展会",
        "has_phone=true", "verified=true", "left=true", "gender=male", "idle=30", "created_before=2026-10-01",
    ],
)  # fmt: skip
def test_each_filter_finds_the_one_it_means(people, pair, reader, query):
    assert reader(people.rep_a, LIST).ids(f"?{query}") == [pair[0].pk]


@pytest.mark.parametrize("query", ["has_phone=false", "verified=false", "left=false", "q=wq", "completeness_max=60"])
def test_each_opposite_finds_the_other(people, pair, reader, query):
    assert reader(people.rep_a, LIST).ids(f"?{query}") == [pair[1].pk]


def test_the_people_of_one_company(people, pair, reader):
    zhou, wu, _foreign = pair
    rep = reader(people.rep_a, LIST)
    assert rep.ids(f"?company={zhou.company_id}") == [zhou.pk]
    assert rep.ids(f"?company={wu.company_id}") == [wu.pk]
    assert rep.ids("?company=abc") == []


def test_no_person_of_another_team_stands_anywhere(people, pair, signed_in):
    browser, foreign = signed_in(people.rep_a), pair[2]
    seen = [
        LIST, f"{LIST}?q=黎明", f"{LIST}?q=13700000003", f"{LIST}?q=0003", f"{LIST}?company={foreign.company_id}", f"{LIST}?owner={people.rep_c.pk}",
        "/pick/contacts/?q=黎明", f"/pick/contacts/?company={foreign.company_id}", "/search/?q=13700000003", "/search/palette/?q=liming",
        "/api/v1/contacts/", "/api/v1/contacts/?q=0003", "/customers/companies/?q=13700000003",
    ]  # fmt: skip
    for url in seen:
        answer = browser.get(url)
        assert answer.status_code == 200
        text = re.sub(r"“[^”]*黎明”|value=\"黎明\"|<b>黎明</b>", "", answer.content.decode())  # what was asked for is said again
        assert "黎明" not in text, url
        assert "厦门鹭港" not in text, url


def test_a_picker_offers_the_people_of_one_company(people, pair, signed_in):
    zhou, wu, _foreign = pair
    text = signed_in(people.rep_a).get(f"/pick/contacts/?company={wu.company_id}").content.decode()
    assert f'data-value="{wu.pk}"' in text
    assert f'data-value="{zhou.pk}"' not in text


@pytest.mark.parametrize("sort", [text for sort in TABLE.sorts for text in (sort.name, f"-{sort.name}")])
def test_every_order_leads_over_each_row_once_to_the_last_page_and_back(people, make_company, reader, sort):
    company = make_company()
    rows = [
        services.clean({"name": f"员工{n % 30}", "company": company, "position": "员工" if n % 2 else "组长", "mobile": f"1390000{n:04d}"}) for n in range(110)
    ]
    made = services.create_many(rows, by=people.rep_a)
    for number, contact in enumerate(made):
        if number % 3:
            Contact.objects.filter(pk=contact.pk).update(last_contact_at=clock.now() - timedelta(days=number % 7))
    forward, backward = reader(people.rep_a, LIST).to_the_end_and_back(f"?sort={sort}")
    assert [len(page) for page in forward] == [50, 50, 10]
    assert sorted(pk for page in forward for pk in page) == sorted(contact.pk for contact in made)
    assert backward == forward


def test_a_masked_reader_finds_by_what_he_sees_and_not_by_the_middle(people, pair, reader):
    services.assign([pair[0]], to=people.outsourced, by=people.manager)
    masked = reader(people.outsourced, LIST)
    assert masked.ids("?q=7788") == masked.ids("?q=13812347788") == [pair[0].pk]
    assert masked.ids("?q=123477") == masked.ids("?q=381234") == []


def test_an_empty_list_says_what_to_do(people, in_english):
    assert "No contacts yet" in in_english(people.rep_a).get(LIST).content.decode()


def test_the_columns_of_numbers_cost_one_query_each(people, pair, signed_in, django_assert_max_num_queries):
    browser = signed_in(people.rep_a)
    browser.get(LIST)
    with django_assert_max_num_queries(10):
        browser.get(LIST)
