"""The list of companies: filters, orders, pages by key, and whose rows stand in it."""

from datetime import timedelta

import pytest

from crm.core import clock
from customers.companies import services
from customers.companies.models import Company
from customers.companies.tables import TABLE

pytestmark = pytest.mark.django_db

LIST = "/customers/companies/"


@pytest.fixture
def many(people):
    """120 companies of rep_a; every third was never contacted, names and completeness repeat."""
    rows = [services.clean({"name": f"客户{n % 40:02d}号", "industry": "software" if n % 2 else ""}) for n in range(120)]
    made = services.create_many(rows, by=people.rep_a)
    for number, company in enumerate(made):
        if number % 3:
            Company.objects.filter(pk=company.pk).update(last_contact_at=clock.now() - timedelta(days=number % 7))
    return made


@pytest.mark.parametrize("sort", [text for sort in TABLE.sorts for text in (sort.name, f"-{sort.name}")])
def test_every_order_leads_over_each_row_once_to_the_last_page_and_back(people, many, reader, sort):
    forward, backward = reader(people.rep_a, LIST).to_the_end_and_back(f"?sort={sort}")
    assert [len(page) for page in forward] == [50, 50, 20]
    assert sorted(pk for page in forward for pk in page) == sorted(company.pk for company in many)
    assert backward == forward
    field = next(one for one in TABLE.sorts if one.name == sort.lstrip("-"))
    rows = Company.objects.in_bulk([pk for page in forward for pk in page])
    keys = [(field.key_of(rows[pk]), pk) for page in forward for pk in page]
    assert keys == sorted(keys, reverse=sort.startswith("-"))


def test_a_broken_cursor_shows_the_first_page(people, many, reader):
    rep = reader(people.rep_a, LIST)
    assert rep.ids("?cursor=rubbish") == rep.ids("?sort=nonsense") == rep.ids()


def test_the_never_contacted_come_first_among_those_longest_without_contact(people, many, reader):
    ids = reader(people.rep_a, LIST).ids("?sort=contact")[:40]
    assert not Company.objects.filter(pk__in=ids).exclude(last_contact_at=None).exists()


def test_an_empty_list_says_what_to_do(people, in_english):
    page = in_english(people.rep_a).get(LIST).content.decode()
    assert "No companies yet" in page
    assert f"{LIST}new/" in page


def test_an_empty_result_names_the_filter_that_is_to_blame(people, make_company, in_english):
    make_company(industry="software")
    answer = in_english(people.rep_a).get(f"{LIST}?industry=software&grade=A")
    assert "Of 2 filters, “Grade: A” removes all rows." in answer.content.decode()


@pytest.fixture
def pair(people, make_company):
    """Two companies of rep_a that differ in everything, one of rep_b, one of rep_c."""
    one = make_company(
        "苏州恒立达精密机械有限公司",
        industry="machinery",
        region="320508",
        size="s500",
        source="referral",
        grade="A",
        tags=["重点"],
        phone="0512-68881234",
        website="hld.cn",
        address="星湖街 1 号",
        credit_code="91320594MA1X7K3L0Q",
    )
    two = make_company("宁波海澜仓储物流有限公司", industry="logistics", region="330203")
    Company.objects.filter(pk=one.pk).update(last_contact_at=clock.now() - timedelta(days=40), step=3, created_at=clock.now() - timedelta(days=90))
    Company.objects.filter(pk=two.pk).update(last_contact_at=clock.now())
    return one, two, make_company("长沙湘麓医疗器械有限公司", by=people.rep_b), make_company("厦门鹭港电子股份有限公司", by=people.rep_c)


@pytest.mark.parametrize(
    "query",
    [
        "q=恒立", "q=henglida", "q=hld", "q=68881234", "q=1234", "q=05126888", "industry=machinery",
        "industry=machinery&industry=pharma", "region=32", "region=3205", "region=320500", "size=s500", "source=referral",
        "grade=A", "idle=30", "tag=重点",
        "step=3", "completeness_min=90", "created_before=2026-10-01",
    ],
)  # fmt: skip
def test_each_filter_finds_the_one_it_means(people, pair, reader, query, at):
    assert reader(people.rep_a, LIST).ids(f"?{query}") == [pair[0].pk]


@pytest.mark.parametrize(
    "query", ["owner=abc", "region=nowhere", "industry=nonsense", "created_after=someday", "q=%00", "completeness_min=x", f"owner={'9' * 20}"]
)
def test_a_filter_that_makes_no_sense_breaks_nothing(people, pair, signed_in, query):
    assert signed_in(people.rep_a).get(f"{LIST}?{query}").status_code == 200


def test_mine_my_team_and_a_colleague(people, pair, reader):
    lead = reader(people.lead_east, LIST)
    assert set(lead.ids()) == {company.pk for company in pair}
    assert lead.ids(f"?owner={people.rep_c.pk}") == [pair[3].pk]
    assert lead.ids("?owner=me") == []
    assert set(reader(people.rep_a, LIST).ids("?owner=team")) == {pair[0].pk, pair[1].pk}


def test_a_colleagues_company_stands_nowhere(people, pair, signed_in):
    browser, foreign = signed_in(people.rep_a), pair[3]
    seen = [
        LIST, f"{LIST}?q=厦门鹭港", f"{LIST}?q=lugang", f"{LIST}?owner={people.rep_c.pk}", f"{LIST}?sort=name", "/pick/companies/?q=厦门",
        "/search/?q=厦门鹭港", "/search/palette/?q=厦门鹭港", "/api/v1/companies/", "/api/v1/companies/?q=厦门鹭港",
    ]  # fmt: skip
    for url in seen:
        answer = browser.get(url)
        assert answer.status_code == 200
        text = answer.content.decode().replace("厦门鹭港</p>", "")
        assert foreign.name not in text, url
    assert "<b>2</b>" in browser.get(LIST).content.decode()
    for part in ("", "edit/", "panels/", "assignment/"):
        assert browser.get(f"{LIST}{foreign.pk}/{part}").status_code == 404
    for part in ("bin/", "restoration/", "edit/"):
        assert browser.post(f"{LIST}{foreign.pk}/{part}").status_code in (403, 404)
    assert browser.get(f"/api/v1/companies/{foreign.pk}/").status_code == 404


def test_columns_are_chosen_by_name_and_survive_in_the_address(people, pair, in_english):
    answer = in_english(people.rep_a).get(f"{LIST}?column=industry&column=credit_code")
    text = answer.content.decode()
    heads = text[text.index("<thead>") : text.index("</thead>")]
    assert [word for word in ("Company", "Industry", "Credit code", "Chain") if word in heads] == ["Company", "Industry", "Credit code"]
    assert "cols=industry%2Ccredit_code" in text


def test_fifty_rows_weigh_less_than_sixty_kilobytes(people, many, signed_in):
    assert len(signed_in(people.manager).get(LIST).content) <= 60 * 1024
