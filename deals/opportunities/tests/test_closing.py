"""Won by the order, lost by a reason, void, and alive again (PRODUCT A5.7, A5.9)."""

from datetime import timedelta

import pytest

from crm.activity.models import Activity
from crm.core.errors import Invalid, WrongState
from deals.opportunities import services
from deals.opportunities.models import LostReason, StageChange

pytestmark = pytest.mark.django_db


def reason(code="price_budget"):
    return LostReason.objects.get(code=code)


def path():
    return [change.to_stage.code for change in StageChange.objects.order_by("id").select_related("to_stage")]


def lose(opportunity, by, **more):
    return services.lose(opportunity, by=by, **({"reason": reason(), "competitor": "鼎捷", "note": "预算只有一半"} | more))


def test_signed_then_ordered(people, make_opportunity, at):
    at("2026-11-18 10:00")
    opportunity = make_opportunity("negotiation")
    services.mark_pending_order(opportunity, by=people.rep_a)
    now = at("2026-11-20 09:30")
    won = services.win(opportunity, by=people.rep_a)
    assert (won.state, won.stage.code, won.closed_at) == ("won", "won", now)
    assert path() == ["need", "negotiation", "pending_order", "won"]


def test_an_order_without_a_contract_wins_too_and_twice_is_once(people, make_opportunity):
    opportunity = make_opportunity("quote")
    services.win(opportunity, by=people.rep_a)
    services.win(opportunity, by=people.rep_a)
    services.mark_pending_order(opportunity, by=people.rep_a)
    assert path() == ["need", "quote", "won"]


def test_an_order_placed_earlier_wins_at_its_time_but_never_before_the_last_move(people, make_opportunity, at):
    now = at("2026-11-20 09:30")
    opportunity = make_opportunity()
    at(now + timedelta(days=5))
    assert services.win(opportunity, by=people.rep_a, at=now + timedelta(days=2)).closed_at == now + timedelta(days=2)
    other = make_opportunity()
    assert services.win(other, by=people.rep_a, at=now - timedelta(days=9)).closed_at == other.opened_at


@pytest.mark.parametrize("signed", [True, False])
def test_a_cancelled_order_puts_it_back_where_it_was(people, make_opportunity, signed):
    opportunity = make_opportunity("negotiation")
    if signed:
        services.mark_pending_order(opportunity, by=people.rep_a)
    services.win(opportunity, by=people.rep_a)
    back = services.reopen_after_cancel(opportunity, by=people.rep_a, note="客户退单")
    services.reopen_after_cancel(opportunity, by=people.rep_a, note="客户退单")
    assert (back.stage.code, back.closed_at) == ("pending_order" if signed else "negotiation", None)
    assert back.is_running
    assert StageChange.objects.latest("id").note == "客户退单"
    assert Activity.objects.filter(verb="opportunities.reopened").count() == 1


def test_a_loss_keeps_reason_competitor_and_words(people, make_opportunity, at):
    at("2026-11-18 10:00")
    opportunity = make_opportunity("quote")
    now = at("2026-11-20 09:30")
    lost = lose(opportunity, people.rep_a)
    assert (lost.state, lost.closed_at, lost.lost_reason.code, lost.competitor, lost.lost_note) == ("lost", now, "price_budget", "鼎捷", "预算只有一半")
    assert lose(opportunity, people.rep_a).version == lost.version


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"reason": None}, "reason"),
        ({"competitor": " "}, "competitor"),
        ({"note": ""}, "note"),
    ],
)
def test_a_loss_without_an_explanation_is_refused(people, make_opportunity, given, field):
    with pytest.raises(Invalid) as refusal:
        lose(make_opportunity(), people.rep_a, **given)
    assert refusal.value.code == "loss_unexplained"
    assert list(refusal.value.errors) == [field]


def test_a_reason_of_the_first_level_says_too_little(people, make_opportunity):
    with pytest.raises(Invalid) as refusal:
        lose(make_opportunity(), people.rep_a, reason=reason("price"))
    assert list(refusal.value.errors) == ["reason"]


def test_another_reason_needs_ten_characters(people, make_opportunity):
    opportunity = make_opportunity()
    with pytest.raises(Invalid) as refusal:
        lose(opportunity, people.rep_a, reason=reason("other_other"), note="九个字不够九个字不")
    assert list(refusal.value.errors) == ["note"]
    assert lose(opportunity, people.rep_a, reason=reason("other_other"), note="十个字就够十个字就够").state == "lost"


def test_amount_and_date_are_not_asked_for_on_a_loss(people, make_opportunity):
    assert lose(make_opportunity(), people.rep_a).amount is None


def test_void_is_not_lost_and_says_why(people, make_opportunity):
    opportunity = make_opportunity()
    with pytest.raises(Invalid) as refusal:
        services.void(opportunity, reason=" ", by=people.rep_a)
    assert refusal.value.code == "reason_required"
    void = services.void(opportunity, reason="重复录入", by=people.rep_a)
    assert (void.state, void.lost_reason) == ("void", None)


def test_a_lost_one_comes_alive_in_the_stage_it_was_lost_in(people, make_opportunity):
    opportunity = make_opportunity("test")
    lose(opportunity, people.rep_a)
    alive = services.reopen(opportunity, reason="客户又来询价", by=people.rep_a)
    assert (alive.stage.code, alive.state, alive.closed_at, alive.lost_reason, alive.competitor) == ("test", "open", None, None, "")
    assert path() == ["need", "test", "lost", "test"]


def test_a_won_one_is_neither_lost_nor_void_nor_reopened_by_hand(people, make_opportunity):
    opportunity = make_opportunity()
    services.win(opportunity, by=people.rep_a)
    for call, code in (
        (lambda: lose(opportunity, people.rep_a), "opportunity_closed"),
        (lambda: services.void(opportunity, reason="x", by=people.rep_a), "opportunity_closed"),
        (lambda: services.reopen(opportunity, reason="x", by=people.rep_a), "won_by_order"),
    ):
        with pytest.raises(WrongState) as refusal:
            call()
        assert refusal.value.code == code
