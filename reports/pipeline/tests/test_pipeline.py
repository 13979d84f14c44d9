"""The opportunity funnel by hand: what is open, and how far those opened in a period have got."""

import json
from decimal import Decimal

import plotly.graph_objects as go
import pytest

from crm.activity.dispatch import dispatch_all
from deals.models import Stage
from deals.opportunities import services as opportunities
from reports.pipeline.stages import open_now, passed
from reports.slices.periods import Period
from reports.slices.slices import Slice

QUARTER = Period.read("2026-Q4")


@pytest.fixture
def deals(people, at, make_deal, make_order):
    """Five of this quarter: one in the first stage, one in the third that went back, one won from the second, one lost, one void."""
    at("2026-10-05 10:00")

    def move(deal, code):
        return opportunities.move(deal, Stage.objects.get(code=code), by=people.admin, override_reason="补录")

    def deal(by, amount):
        return make_deal(by=by, amount=Decimal(amount))

    first = deal(people.rep_a, 100)
    back = move(move(deal(people.rep_a, 200), "quote"), "demo")
    won = move(deal(people.rep_c, 400), "demo")
    make_order("400.00", by=people.rep_c, opportunity=won, placed=True)
    opportunities.void(deal(people.rep_c, 800), reason="重复", by=people.admin)
    at("2026-11-18 10:00")
    dispatch_all()
    return first, back, won


def test_open_now_by_stage(deals, people):
    found = {one.stage.code: (one.count, one.amount, one.weighted) for one in open_now(Slice.asked(people.admin)) if one.count}
    assert found == {"need": (1, 100, 20), "demo": (1, 200, 70)}
    assert [one.count for one in open_now(Slice.asked(people.lead_south))] == [0] * 6


def test_passed_through_counts_each_once_per_stage(deals, people):
    found = {one.stage.code: (one.count, one.onwards, one.overall) for one in passed(Slice.asked(people.admin), QUARTER)}
    # Three that count: one stayed in need, one got to quote and went back, one was won out of demo, skipping three stages.
    assert found["need"] == (3, 2 / 3, 1)
    assert found["demo"] == (2, 1, 2 / 3)
    assert found["quote"] == (2, 1 / 2, 2 / 3)
    assert found["test"] == (1, 1, 1 / 3)
    assert found["won"] == (1, None, 1 / 3)
    assert [one.count for one in passed(Slice.asked(people.admin), Period.read("2026-Q3"))] == [0] * 7


@pytest.mark.parametrize("who", ["admin", "lead_east", "rep_a"])
def test_every_count_opens_its_list(deals, people, signed_in, who):
    client = signed_in(getattr(people, who))
    shown = client.get("/reports/opportunities/", {"period": "2026-Q4"}).context
    for one in [*shown["open"], *shown["passed"]]:
        assert client.get(one["url"]).context["result"].count == one["row"].count, one["url"]
    assert client.get(shown["totals"]["url"]).context["result"].count == shown["totals"]["count"]


def test_the_chart_is_a_figure_that_plotly_takes(deals, people, signed_in):
    figure = signed_in(people.admin).get("/reports/opportunities/").context["chart"]["figure"]
    go.Figure(json.loads(json.dumps(figure)))
