"""Time in stage and stagnation (PRODUCT A5.8, A5.10)."""

from datetime import timedelta

import pytest

from deals.opportunities import services
from deals.opportunities.board import board_of
from deals.opportunities.history import time_in_stage
from deals.opportunities.models import Opportunity, Stage

pytestmark = pytest.mark.django_db


def test_stages_visited_twice_add_up_to_the_second(people, make_opportunity, stage, at):
    at("2026-11-01 09:00:00")
    opportunity = make_opportunity()
    for moment, to in (
        ("2026-11-02 10:00:00", "demo"),
        ("2026-11-04 11:30:15", "quote"),
        ("2026-11-05 08:00:00", "demo"),
        ("2026-11-09 17:45:30", "test"),
    ):
        at(moment)
        services.move(opportunity, stage(to), by=people.admin, override_reason="时间线")
    at("2026-11-10 00:00:00")
    opportunity.refresh_from_db()
    assert time_in_stage(opportunity) == {
        "need": timedelta(days=1, hours=1),
        "demo": timedelta(days=2, hours=1, minutes=30, seconds=15) + timedelta(days=4, hours=9, minutes=45, seconds=30),
        "quote": timedelta(hours=20, minutes=29, seconds=45),
        "test": timedelta(hours=6, minutes=14, seconds=30),
    }


def test_what_is_closed_ages_no_more(people, make_opportunity, at):
    start = at("2026-11-01 09:00")
    opportunity = make_opportunity()
    at(start + timedelta(days=2))
    won = services.win(opportunity, by=people.rep_a)
    at(start + timedelta(days=90))
    assert time_in_stage(won) == {"need": timedelta(days=2)}
    assert won.stagnation == ""


@pytest.mark.parametrize(
    ("after", "level", "days"),
    [
        (timedelta(days=8) - timedelta(seconds=1), "", 7),
        (timedelta(days=8), "soon", 8),
        (timedelta(days=10), "late", 10),
        (timedelta(days=15) - timedelta(seconds=1), "late", 14),
        (timedelta(days=15), "manager", 15),
    ],
)
def test_it_stagnates_by_its_time_in_the_stage(make_opportunity, at, after, level, days):
    start = at("2026-11-01 09:00")
    opportunity = make_opportunity()
    at(start + after)
    assert (opportunity.stagnation, opportunity.days_in_stage) == (level, days)


def test_the_time_in_the_stage_counts_and_not_the_age(people, make_opportunity, stage, at):
    start = at("2026-11-01 09:00")
    opportunity = make_opportunity()
    at(start + timedelta(days=30))
    moved = services.move(opportunity, stage("demo"), by=people.admin, override_reason="x")
    assert moved.stagnation == ""


def test_the_stagnant_ones_are_found(people, make_opportunity, at):
    start = at("2026-11-01 09:00")
    old = make_opportunity()
    at(start + timedelta(days=9))
    make_opportunity()
    at(start + timedelta(days=10))
    assert list(Opportunity.objects.stagnant()) == [old]
    assert list(Opportunity.objects.stagnant(0.8)) == [old]
    assert list(Opportunity.objects.stagnant(1.5)) == []


def test_in_a_stage_without_a_longest_stay_nothing_is_stagnant(people, make_opportunity, at):
    at("2026-08-01 09:00")
    make_opportunity()
    at("2026-11-02 09:00")
    rows = Opportunity.objects.visible_to(people.admin)
    assert (rows.stagnant().count(), board_of(rows, people.admin, lambda **more: "")["stagnant"]) == (1, 1)
    Stage.objects.update(max_days=0)
    assert (rows.stagnant().count(), board_of(rows, people.admin, lambda **more: "")["stagnant"]) == (0, 0)
