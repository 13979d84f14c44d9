"""A move through the stages is taken back: as if it had not been made, but not forgotten."""

from datetime import date, timedelta

import pytest

from crm.activity.models import Activity
from crm.activity.models import StateChange as State
from crm.activity.undo import undo
from crm.core.errors import NotAllowed, WrongState
from deals.opportunities import services
from deals.opportunities.history import time_in_stage
from deals.opportunities.models import LostReason, Opportunity, StageChange

pytestmark = pytest.mark.django_db


@pytest.fixture
def moved(make_opportunity, make_company, people, stage, ready, at):
    """One that stood five days in the first stage and was then moved on with all that was asked for."""
    at("2026-11-16 09:30")
    opportunity = make_opportunity(company=make_company(industry="machinery"))
    at("2026-11-21 09:30")
    return services.move(opportunity, stage("demo"), by=people.rep_a, values=ready | {"expected_close": date(2026, 12, 18)})


def last_move():
    return Activity.objects.filter(verb="opportunities.moved").latest("pk").pk


def test_the_stay_goes_on_as_if_it_had_not_been_left(moved, people, at):
    at("2026-11-21 09:31")
    undo(last_move(), by=people.rep_a)
    moved.refresh_from_db()
    assert (moved.stage.code, moved.amount, moved.expected_close, moved.need) == ("need", None, None, "")
    assert moved.stage_since.isoformat() == "2026-11-16T01:30:00+00:00"
    assert time_in_stage(moved) == {"need": timedelta(days=5, minutes=1)}


def test_history_and_ledger_keep_the_move_and_its_way_back(moved, people, at):
    now = at("2026-11-21 09:31")
    undo(last_move(), by=people.rep_a)
    rows = StageChange.objects.order_by("id").values_list("from_stage__code", "to_stage__code", "is_taken_back")
    assert list(rows) == [(None, "need", False), ("need", "demo", True), ("demo", "need", True)]
    assert StageChange.objects.latest("id").at == now
    assert list(State.objects.order_by("id").values_list("from_state", "to_state")) == [("", "need"), ("need", "demo"), ("demo", "need")]


def test_it_never_got_as_far_as_the_stage_it_was_moved_to(moved, people, stage, at):
    far = Opportunity.objects.got_as_far_as(stage("demo"))
    assert far.count() == 1
    at("2026-11-21 09:31")
    undo(last_move(), by=people.rep_a)
    assert far.count() == 0


def test_what_was_moved_on_since_stays(moved, people, stage, at):
    first = last_move()
    at("2026-11-21 09:31")
    services.move(moved, stage("quote"), by=people.rep_a)
    found = undo(first, by=people.rep_a)
    assert (found.restored, [one.pk for one in found.left]) == ([], [moved.pk])
    assert Opportunity.objects.get().stage.code == "quote"


def test_after_a_day_moving_back_is_a_move(moved, people, at):
    at("2026-11-22 09:31")
    found = undo(last_move(), by=people.rep_a)
    assert (found.restored, len(found.left)) == ([], 1)


def test_another_team_cannot_take_it_back(moved, people, at):
    at("2026-11-21 09:31")
    with pytest.raises((NotAllowed, WrongState)):
        undo(last_move(), by=people.outsourced)
    assert not undo(last_move(), by=people.rep_c).restored
    assert Opportunity.objects.get().stage.code == "demo"


def test_lost_after_it_came_back_it_is_reopened_where_it_stood(moved, people, at):
    at("2026-11-21 09:31")
    undo(last_move(), by=people.rep_a)
    services.lose(moved, reason=LostReason.objects.get(code="price_budget"), competitor="用友", note="价格高出三成", by=people.rep_a)
    assert services.reopen(moved, reason="客户又来问", by=people.rep_a).stage.code == "need"
