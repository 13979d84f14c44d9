"""A stage moved by several people and a rule at once, with real transactions (LIMITS R6)."""

from datetime import date
from decimal import Decimal

from crm.activity.models import Activity
from crm.core.errors import Conflict, WrongState
from deals.opportunities import services
from deals.opportunities.history import time_in_stage
from deals.opportunities.models import LostReason, Opportunity, StageChange


def test_the_history_has_each_move_once_when_all_move_to_the_same_stage(committed, people, make_opportunity, make_company, stage, ready, run_together, at):
    at("2026-11-20 09:30")
    opportunity = make_opportunity(company=make_company(industry="machinery"), **ready, expected_close=date(2026, 12, 18))
    movers = [people.rep_a, people.lead_east, people.manager, people.system] * 3
    answers = run_together(lambda number: services.move(opportunity, stage("demo"), by=movers[number]), 12)
    assert all(isinstance(answer, Opportunity) for answer in answers)
    assert StageChange.objects.filter(opportunity=opportunity, to_stage__code="demo").count() == 1
    assert Activity.objects.filter(verb="opportunities.moved").count() == 1


def test_moves_to_different_stages_form_one_chain(committed, people, make_opportunity, make_company, stage, ready, run_together, at):
    at("2026-11-20 09:30")
    opportunity = make_opportunity(company=make_company(industry="machinery"), **ready, expected_close=date(2026, 12, 18))
    targets = [stage(code) for code in ("demo", "quote", "test", "negotiation", "need", "demo", "quote", "test")]
    run_together(lambda number: services.move(opportunity, targets[number], by=people.manager), len(targets))
    changes = list(StageChange.objects.filter(opportunity=opportunity).order_by("id"))
    assert [change.from_stage_id for change in changes[1:]] == [change.to_stage_id for change in changes[:-1]]
    opportunity.refresh_from_db()
    assert changes[-1].to_stage_id == opportunity.stage_id
    assert Activity.objects.filter(verb="opportunities.moved").count() == len(changes) - 1
    assert sum(time_in_stage(opportunity).values(), start=changes[0].at - changes[0].at).total_seconds() == 0


def test_of_winning_and_losing_at_once_one_happens(committed, people, make_opportunity, run_together):
    opportunity = make_opportunity(amount=Decimal(1))
    reason = LostReason.objects.get(code="price_budget")

    def close(number):
        if number % 2:
            return services.win(opportunity, by=people.rep_a)
        return services.lose(opportunity, reason=reason, competitor="鼎捷", note="晚了一步", by=people.rep_a)

    answers = run_together(close, 8)
    opportunity.refresh_from_db()
    assert {answer.state for answer in answers if isinstance(answer, Opportunity)} == {opportunity.state}
    assert all(isinstance(answer, Opportunity | WrongState) and not isinstance(answer, Conflict) for answer in answers)
    assert StageChange.objects.filter(opportunity=opportunity, to_stage__kind__in=("won", "lost")).count() == 1
