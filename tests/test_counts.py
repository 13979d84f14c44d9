"""Numbers beside links: of the menu and of saved views, fetched after the page and never counted to the end."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from crm.core import keyset
from crm.core.scope import Scope
from customers.companies import services
from customers.companies.models import Company
from tests.world import world  # noqa: F401 - a fixture

LIST = "/customers/companies/"


@pytest.fixture
def two_of_mine_one_of_hers(people):
    for name, who in (("Hengli", people.rep_a), ("Hailan", people.rep_a), ("Nanhu", people.rep_c)):
        services.create({"name": name}, by=who)


@pytest.mark.django_db
def test_each_saved_view_shows_how_many_rows_it_opens(two_of_mine_one_of_hers, people, signed_in):
    text = signed_in(people.admin).get(LIST, {"part": "views"}).content.decode()
    assert text.count("<a ") == 4
    assert '我关注的 <span class="km-meta">0</span>' in text
    assert '全部 <span class="km-meta">3</span>' in text
    assert '我负责的 <span class="km-meta">0</span>' in text


@pytest.mark.django_db
def test_a_view_counts_only_what_its_reader_may_see(two_of_mine_one_of_hers, people, signed_in):
    assert '全部 <span class="km-meta">2</span>' in signed_in(people.rep_a).get(LIST, {"part": "views"}).content.decode()


@pytest.mark.django_db
def test_the_menu_tells_what_waits_for_its_reader_and_nothing_else(world, people, signed_in):  # noqa: F811
    found = signed_in(people.rep_a).get("/menu/counts/").json()
    assert found["/feedback/tickets/"] == "1"
    assert "/customers/companies/" not in found


@pytest.mark.django_db
def test_a_page_asks_for_no_number_of_the_menu(people, signed_in):
    client = signed_in(people.rep_a)
    client.get("/me/")
    with CaptureQueriesContext(connection) as captured:
        client.get("/me/")
    assert not [query for query in captured if "deals_lead" in query["sql"] or "followup" in query["sql"]]


@pytest.mark.django_db
def test_a_number_that_takes_long_is_left_out(people, monkeypatch):
    monkeypatch.setattr(keyset, "BRIEF_MS", 20)
    slow = Company.objects.extra(where=["pg_sleep(0.2) IS NOT NULL"])
    services.create({"name": "Hengli"}, by=people.rep_a)
    assert keyset.count_briefly(slow, Scope(everything=True)) is None
    assert Company.objects.count() == 1, "the connection goes on"


@pytest.mark.django_db
def test_the_tabs_of_a_company_tell_how_many_rows_they_open(world, people, signed_in):  # noqa: F811
    browser, company = signed_in(people.rep_a), world["companies"]
    text = browser.get(f"{LIST}{company.pk}/", {"part": "tabs"}).content.decode()
    assert '联系人 <span class="km-meta">1</span>' in text
    assert '商机 <span class="km-meta">1</span>' in text
    assert "线索</a>" in text, "nothing beside a list without rows"
    assert signed_in(people.rep_c).get(f"{LIST}{company.pk}/", {"part": "tabs"}).status_code == 404
