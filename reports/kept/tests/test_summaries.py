"""The summaries say what the rows say, whatever happened and however many dispatchers read it."""

from decimal import Decimal

import pytest

from crm.activity.dispatch import dispatch_all, dispatch_batch
from crm.activity.models import Activity, Pending
from customers.companies import services as companies
from deals.models import Stage
from deals.opportunities import services as opportunities
from reports.kept import summaries
from reports.kept.groups import groups
from reports.models import FunnelDay, FunnelMonth, FunnelStock, StayMonth, TeamStay

NO_DIFFERENCE = {table.name: 0 for group in groups for table in group.tables}


@pytest.mark.parametrize("seed", range(4))
def test_after_any_history_no_cell_differs_from_the_rows(history, seed):
    history(seed, 120)
    while dispatch_batch(limit=17):
        pass
    assert FunnelDay.objects.count() > 10
    assert StayMonth.objects.exists()
    assert summaries.differences() == NO_DIFFERENCE


def test_events_read_twice_change_nothing(history):
    history(7, 60)
    dispatch_all()
    before = list(FunnelDay.objects.order_by("pk").values_list("owner_id", "day", "step", "customers", "amount"))
    summaries.read(list(Activity.objects.all()))
    after = list(FunnelDay.objects.values_list("owner_id", "day", "step", "customers", "amount"))
    assert sorted(before) == sorted(after)
    assert summaries.differences() == NO_DIFFERENCE


def test_before_the_dispatcher_comes_the_proof_finds_the_difference_and_heals_it(people, make_company):
    make_company(by=people.rep_a)
    found = summaries.prove()
    assert (found["reports_funnelday"], found["reports_funnelmonth"], found["reports_funnelstock"]) == (1, 0, 1)
    assert summaries.differences() == NO_DIFFERENCE


def test_a_cell_that_nobody_is_in_any_more_is_gone(people, make_company):
    company = make_company(by=people.rep_a)
    dispatch_all()
    assert FunnelStock.objects.get().owner_id == people.rep_a.pk
    companies.assign([company], to=people.rep_c, by=people.manager)
    dispatch_all()
    assert FunnelStock.objects.get().owner_id == people.rep_c.pk
    companies.delete(company, by=people.manager)
    dispatch_all()
    assert not FunnelStock.objects.exists()
    assert not FunnelDay.objects.exists()
    assert not FunnelMonth.objects.exists()


def test_a_cell_holds_customers_money_and_days(people, at, make_company, make_deal, make_contract):
    at("2026-07-03 10:00")
    first, second = make_company(by=people.rep_a), make_company(by=people.rep_b)
    at("2026-07-05 10:00")
    make_deal(first, by=people.rep_a, amount=Decimal("100.50"))
    at("2026-07-20 10:00")
    make_deal(second, by=people.rep_b, amount=Decimal("20.00"))
    make_deal(second, by=people.rep_b, amount=Decimal("30.00"))
    dispatch_all()
    cell = FunnelMonth.objects.get(step=2)
    assert (str(cell.month), cell.customers, cell.amount, cell.waits) == ("2026-07-01", 2, Decimal("150.50"), [2, 17])
    assert (cell.team_id, cell.pool_id) == (people.east_1.pk, 0)
    at("2026-08-01 10:00")
    make_contract(second, by=people.rep_b, amount=Decimal("44.00"), signed=True)
    dispatch_all()
    signed = FunnelMonth.objects.get(step=3)
    assert (str(signed.entered), str(signed.month), signed.amount, signed.waits) == ("2026-07-01", "2026-08-01", Decimal(44), [12])


def test_a_stay_counts_in_the_month_in_which_the_stage_was_left(people, at, make_deal):
    at("2026-06-28 10:00")
    deal = make_deal(by=people.rep_a)
    at("2026-07-04 10:00")
    opportunities.move(deal, Stage.objects.get(code="demo"), by=people.admin, override_reason="直接演示")
    dispatch_all()
    stay = TeamStay.objects.get()
    assert (str(stay.month), stay.days, stay.stays, Stage.objects.get(pk=stay.stage_id).code) == ("2026-07-01", 6, 1, "need")


def test_two_dispatchers_at_once_leave_no_difference(run_together, history, people, make_company):
    history(3, 80)

    def work(number):
        if number == 0:
            for _round in range(10):
                make_company(by=people.rep_a)
            return
        while Pending.objects.exists():
            dispatch_batch(limit=3)
        return

    assert [one for one in run_together(work, 3) if isinstance(one, Exception)] == []
    dispatch_all()
    assert FunnelDay.objects.filter(owner_id=people.rep_a.pk).exists()
    assert summaries.differences() == NO_DIFFERENCE
