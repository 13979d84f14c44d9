"""The board: the list's filters, sums that open their lists, and a move that can be taken back from where one stands."""

import json
import re
from datetime import date
from html import unescape

import pytest

from deals.opportunities import services
from deals.opportunities.models import LostReason, Opportunity

pytestmark = pytest.mark.django_db
BOARD = "/deals/opportunities/board/"


@pytest.fixture
def lost(people):
    """`lost(opportunity)` closes it as lost."""
    reason = LostReason.objects.get(code="price_budget")
    return lambda opportunity: services.lose(opportunity, reason=reason, competitor="用友", note="价格高出三成", by=people.rep_a)


def page(client, query=""):
    client.cookies["km_language"] = "en"
    return unescape(client.get(BOARD + query).content.decode())


def names(html):
    return re.findall(r"<h3><a [^>]*>([^<]+)</a>", html)


def addresses(html):
    return re.findall(r'href="([^"]+)"', html)


def test_the_board_is_narrowed_by_the_filters_of_the_list(make_opportunity, people, signed_in):
    make_opportunity(name="大单", amount="900000")
    make_opportunity(name="小单", amount="9000")
    html = page(signed_in(people.rep_a), "?amount_min=10000")
    assert names(html) == ["大单"]
    assert "Expected amount" in html


def test_its_filters_are_chosen_on_the_board_and_lead_back_to_it(people, signed_in):
    html = page(signed_in(people.rep_a), "?part=filters&owner=me")
    assert f'action="{BOARD}"' in html
    assert {'name="product"', 'name="team"', 'name="close_after"'} <= set(re.findall(r'name="\w+"', html))
    assert '<input type="hidden" name="owner" value="me">' in html


def test_a_team_is_chosen_from_the_tree_and_brings_the_teams_below_it(make_opportunity, people, signed_in):
    make_opportunity(name="华东的", by=people.rep_a)
    make_opportunity(name="华南的", by=people.lead_south)
    client = signed_in(people.manager)
    html = page(client, "?part=filters")
    assert f'<option value="{people.east.pk}">\u3000{people.east}</option>' in html
    assert names(page(client, f"?team={people.east.pk}")) == ["华东的"]


def test_the_sum_of_a_lane_opens_the_list_of_the_same_rows(make_opportunity, people, signed_in):
    make_opportunity(name="我的")
    make_opportunity(name="同组", by=people.rep_b)
    client = signed_in(people.lead_east)
    opened = next(url for url in addresses(page(client, f"?owner={people.rep_a.pk}")) if "stage=need" in url)
    rows = client.get(opened).context["result"].rows
    assert [row.name for row in rows] == ["我的"]


def test_what_was_lost_this_quarter_opens_exactly_these(make_opportunity, people, signed_in, at, lost):
    at("2026-09-20 10:00")
    lost(make_opportunity(name="上季输的"))
    at("2026-11-20 10:00")
    lost(make_opportunity(name="本季输的"))
    client = signed_in(people.rep_a)
    html = page(client)
    opened = next(url for url in addresses(html) if "stage=lost" in url)
    assert "1 this quarter" in html
    assert [row.name for row in client.get(opened).context["result"].rows] == ["本季输的"]


def test_a_quarter_of_expected_closes_is_one_press_away(make_opportunity, people, signed_in, at):
    at("2026-11-20 10:00")
    make_opportunity(name="年底", expected_close=date(2026, 12, 31))
    make_opportunity(name="明年", expected_close=date(2027, 1, 1))
    client = signed_in(people.rep_a)
    quarter = next(url for url in addresses(page(client)) if "close_after" in url)
    assert quarter == "?close_after=2026-10-01&close_before=2026-12-31"
    assert names(page(client, quarter)) == ["年底"]


def test_a_dropped_card_brings_the_board_as_it_is_now_and_the_way_back(make_opportunity, people, signed_in):
    opportunity = make_opportunity("demo", name="退一步", amount="8000")
    client = signed_in(people.rep_a)
    answer = client.post(f"/deals/opportunities/{opportunity.pk}/stage/?owner=me", {"stage": "need"}, headers={"hx-request": "true"})
    html = unescape(answer.content.decode())
    assert html.lstrip().startswith('<div class="km-boardpart" id="km-boardpart">')
    assert "owner=me" in html
    toast = json.loads(answer.headers["HX-Trigger"])["km:toast"]
    assert "退一步" in toast["text"]
    client.post(toast["undo"])
    assert Opportunity.objects.get().stage.code == "demo"
