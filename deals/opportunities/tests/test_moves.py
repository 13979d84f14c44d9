"""Through the stages: what each asks for, what no move may do (PRODUCT A5.4 to A5.7)."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from crm.activity.models import Activity
from crm.activity.models import StateChange as State
from crm.core.errors import Conflict, Invalid, NotAllowed, WrongState
from deals.opportunities import gates, services
from deals.opportunities.models import Opportunity, StageChange

pytestmark = pytest.mark.django_db
TODAY = "2026-11-20 09:30"


@pytest.fixture
def when(at):
    """A Friday, so that expected dates can be told apart from past ones."""
    return at(TODAY)


@pytest.fixture
def opportunity(make_opportunity, make_company, when):
    """One in the first stage, of a company whose industry is known."""
    return make_opportunity(company=make_company(industry="machinery"))


@pytest.fixture
def complete(ready):
    """Everything the stages ask for."""
    return ready | {"expected_close": date(2026, 12, 18)}


def test_a_move_forward_keeps_stage_time_amount_date_and_author(people, opportunity, stage, complete, when):
    moved = services.move(opportunity, stage("demo"), by=people.rep_a, values=complete)
    assert (moved.stage.code, moved.state, moved.stage_since) == ("demo", "open", when)
    change = StageChange.objects.latest("id")
    assert (change.from_stage.code, change.to_stage.code, change.at, change.actor) == ("need", "demo", when, people.rep_a)
    assert (change.amount, change.expected_close, change.is_override) == (Decimal("620000.00"), date(2026, 12, 18), False)
    assert list(State.objects.order_by("id").values_list("from_state", "to_state")) == [("", "need"), ("need", "demo")]
    data = Activity.objects.get(verb="opportunities.moved").data
    assert {key: data[key] for key in ("from", "to", "amount", "expected_close")} == {
        "from": "need", "to": "demo", "amount": "620000.00", "expected_close": "2026-12-18",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("frm", "to", "lacks"),
    [
        ("need", "demo", {"amount", "expected_close", "need"}),
        ("demo", "quote", {"amount", "expected_close", "demo_note"}),
        ("quote", "test", {"amount", "expected_close", "quote_note", "decision_path"}),
        ("test", "negotiation", {"amount", "expected_close", "test_result"}),
        ("need", "quote", {"amount", "expected_close", "need", "demo_note"}),
        ("need", "negotiation", {"amount", "expected_close", "need", "demo_note", "quote_note", "decision_path", "test_result"}),
    ],
)
def test_each_stage_left_asks_for_its_own_and_skipping_asks_for_all(people, make_opportunity, make_company, stage, complete, when, frm, to, lacks):
    opportunity = make_opportunity(frm, company=make_company(industry="machinery"))
    with pytest.raises(Invalid) as refusal:
        services.move(opportunity, stage(to), by=people.rep_a)
    assert refusal.value.code == "stage_requirements"
    assert set(refusal.value.errors) == lacks
    for field in lacks:
        with pytest.raises(Invalid) as refusal:
            services.move(opportunity, stage(to), by=people.rep_a, values={key: complete[key] for key in lacks - {field}})
        assert set(refusal.value.errors) == {field}
    assert services.move(opportunity, stage(to), by=people.rep_a, values={key: complete[key] for key in lacks}).stage.code == to


def test_the_hint_on_the_board_and_the_refusal_are_the_same_sentences(people, make_opportunity, stage, when):
    opportunity = make_opportunity()
    hints = gates.what_is_missing(opportunity, stage("demo"))
    with pytest.raises(Invalid) as refusal:
        services.move(opportunity, stage("demo"), by=people.rep_a)
    assert [str(hint) for hint in hints] == [str(sentence) for sentences in refusal.value.errors.values() for sentence in sentences]
    with translation.override("en"):
        assert [str(hint) for hint in hints] == [
            "The expected amount is missing.",
            "The expected close date is missing.",
            "Describe what the customer needs.",
            "Say what type of customer it is: the industry is missing.",
        ]


def test_nothing_is_asked_for_on_the_way_back(people, make_opportunity, stage, when):
    opportunity = make_opportunity("quote")
    assert gates.missing(opportunity, stage("need")) == []
    assert services.move(opportunity, stage("need"), by=people.rep_a).stage.code == "need"


def test_the_type_of_customer_can_be_given_with_the_move(people, make_opportunity, make_company, stage, complete, when):
    company = make_company()
    services.move(make_opportunity(company=company), stage("demo"), by=people.rep_a, values=complete | {"industry": "machinery"})
    company.refresh_from_db()
    assert company.industry


@pytest.mark.parametrize("day", [date(2026, 11, 19), date(2020, 1, 1)])
def test_an_expected_close_in_the_past_is_refused(people, opportunity, stage, complete, day):
    with pytest.raises(Invalid) as refusal:
        services.move(opportunity, stage("demo"), by=people.rep_a, values=complete | {"expected_close": day})
    assert list(refusal.value.errors) == ["expected_close"]


def test_an_expected_close_that_has_passed_meanwhile_must_be_set_anew(people, opportunity, stage, complete, at):
    services.move(opportunity, stage("demo"), by=people.rep_a, values=complete)
    at("2026-12-19 00:00")
    with pytest.raises(Invalid) as refusal:
        services.move(opportunity, stage("quote"), by=people.rep_a)
    assert list(refusal.value.errors) == ["expected_close"]
    assert services.move(opportunity, stage("quote"), by=people.rep_a, expected_close=date(2026, 12, 31)).pushed == 1


def test_an_amount_of_nothing_is_none(people, opportunity, stage, complete):
    with pytest.raises(Invalid) as refusal:
        services.move(opportunity, stage("demo"), by=people.rep_a, values=complete | {"amount": "0"})
    assert list(refusal.value.errors) == ["amount"]


def test_a_refused_move_changes_nothing(people, opportunity, stage, complete):
    with pytest.raises(Invalid):
        services.move(opportunity, stage("quote"), by=people.rep_a, values={"need": "联网", "amount": "1"})
    opportunity.refresh_from_db()
    assert (opportunity.need, opportunity.amount, opportunity.version, opportunity.stage.code) == ("", None, 1, "need")
    assert StageChange.objects.count() == 1


@pytest.mark.parametrize(
    ("to", "code"),
    [("won", "won_by_order"), ("pending_order", "pending_by_contract"), ("lost", "lose_with_reason"), ("void", "void_with_reason")],
)
@pytest.mark.parametrize("who", ["rep_a", "manager", "admin"])
def test_nobody_wins_loses_or_voids_by_a_move_whatever_the_right_or_reason(people, opportunity, stage, complete, to, code, who):
    with pytest.raises(WrongState) as refusal:
        services.move(opportunity, stage(to), by=getattr(people, who), values=complete, override_reason="就这样")
    assert refusal.value.code == code
    opportunity.refresh_from_db()
    assert opportunity.stage.code == "need"


def test_an_administrator_moves_on_by_a_reason_that_stays(people, opportunity, stage):
    with pytest.raises(NotAllowed) as refusal:
        services.move(opportunity, stage("quote"), by=people.rep_a, override_reason="客户催得急")
    assert refusal.value.facts["right"] == "opportunities.override"
    services.move(opportunity, stage("quote"), by=people.admin, override_reason="客户催得急")
    change = StageChange.objects.latest("id")
    assert (change.is_override, change.note) == (True, "客户催得急")
    assert set(Activity.objects.get(verb="opportunities.moved").data["override"]) == {"amount", "expected_close", "need", "demo_note"}


def test_a_reason_that_was_not_needed_is_no_override(people, opportunity, stage, complete):
    services.move(opportunity, stage("demo"), by=people.admin, values=complete, override_reason="多余")
    assert not StageChange.objects.latest("id").is_override


def test_moved_twice_to_the_same_stage_is_moved_once(people, opportunity, stage, complete):
    services.move(opportunity, stage("demo"), by=people.rep_a, values=complete)
    services.move(opportunity, stage("demo"), by=people.rep_a, values=complete)
    assert Activity.objects.filter(verb="opportunities.moved").count() == 1


def test_who_saw_an_older_state_is_told(people, opportunity, stage, complete):
    services.update(opportunity, {"need": "x"}, by=people.lead_east)
    with pytest.raises(Conflict) as refusal:
        services.move(opportunity, stage("demo"), by=people.rep_a, values=complete, version=1)
    assert refusal.value.code == "stale"


def test_nobody_moves_what_is_out_of_reach(people, opportunity, stage, complete):
    with pytest.raises(NotAllowed):
        services.move(opportunity, stage("demo"), by=people.rep_c, values=complete)


def test_a_closed_one_stays_where_it_is(people, opportunity, stage, complete):
    services.void(opportunity, reason="测试数据", by=people.rep_a)
    with pytest.raises(WrongState) as refusal:
        services.move(opportunity, stage("demo"), by=people.rep_a, values=complete)
    assert refusal.value.code == "opportunity_closed"


def test_rooms_above_add_what_they_ask_for(people, make_opportunity, make_company, stage, complete, when, monkeypatch):
    monkeypatch.setattr(gates, "_checks", gates._checks | {"demo": [*gates._checks["demo"], lambda one: [gates.Missing("slot", "技术支持未约")]]})
    opportunity = make_opportunity("demo", company=make_company(industry="machinery"))
    with pytest.raises(Invalid) as refusal:
        services.move(opportunity, stage("quote"), by=people.rep_a, values=complete)
    assert list(refusal.value.errors) == ["slot"]


def in_a_row(opportunity, to, by, **more):
    return services.move(opportunity, to, by=by, **more)


PATHS = {"verb": in_a_row}


@pytest.mark.parametrize("path", PATHS)
def test_every_path_refuses_with_the_same_code(path, people, opportunity, stage):
    """PRODUCT X1: page, board, bulk, API and import add themselves to PATHS."""
    with pytest.raises(Invalid) as refusal:
        PATHS[path](opportunity, stage("demo"), people.rep_a)
    assert refusal.value.code == "stage_requirements"
    assert Opportunity.objects.get().stage.code == "need"
