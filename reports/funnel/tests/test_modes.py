"""The three modes over twelve customers, every figure worked out by hand from the list in conftest."""

from decimal import Decimal

import pytest

from crm.accounts.models import User
from crm.activity.dispatch import dispatch_all
from customers.companies import services as companies
from deals.models import Stage
from deals.opportunities import services as opportunities
from reports.funnel.modes import COHORT, PERIOD, STOCK, Asked, look, look_by
from reports.funnel.stays import stays
from reports.slices.periods import Period
from reports.slices.slices import Slice

THIRD = Period.read("2026-Q3")
EVERYBODY = ["admin", "manager"]


def counts(chain):
    return [one.customers for one in chain.values()]


def money(chain):
    return [one.amount for one in chain.values()]


def ask(person, mode, period=THIRD, **part):
    return Asked(mode, period, Slice.asked(person, **part))


@pytest.mark.parametrize("who", EVERYBODY)
def test_cohort_follows_those_who_came_in_in_the_quarter(twelve, people, who):
    now, before = look(ask(getattr(people, who), COHORT))
    # b1 … b6 came in; all but b6 are opportunities, b1 and b3 signed, b1 paid.
    assert counts(now.shown) == [6, 5, 2, 1]
    assert money(now.shown) == [0, 500, 180, 60]
    assert now.rates() == [5 / 6, 2 / 5, 1 / 2]
    # On 18 November the third quarter is 140 days old; the second one was on 19 August: a3 signed only on 1 September.
    assert ask(people.admin, COHORT).seen_before.isoformat() == "2026-08-19"
    assert counts(before.shown) == [5, 4, 2, 1]
    assert before.rates() == [4 / 5, 1 / 2, 1 / 2]


def test_cohort_medians_are_days_since_the_step_before(twelve, people):
    now, before = look(ask(people.admin, COHORT))
    # To the opportunity: 4, 20, 10, 2, 20; to the signature: 20, 90; to the money: 10.
    assert [one.median for one in now.shown.values()] == [None, 10, 55, 10]
    # Before, by 19 August: 10, 30, 6, 20; 30, 30; 30 (a2 paid on 28 August).
    assert [one.median for one in before.shown.values()] == [None, 15, 30, 30]


def test_period_counts_who_reached_each_step_in_it(twelve, people):
    now, before = look(ask(people.admin, PERIOD))
    # Came in: b1–b6; opportunities: a4, b1–b5; signed: a3, b1; paid: a2, b1.
    assert counts(now.shown) == [6, 6, 2, 2]
    assert money(now.shown) == [0, 600, 180, 120]
    # April to June: a1–a5; a1, a2, a3; a1, a2; a1.
    assert counts(before.shown) == [5, 3, 2, 1]
    assert [one.median for one in now.shown.values()] == [None, 15, 66.5, 45]


def test_a_running_quarter_is_compared_with_as_many_days_of_the_one_before(twelve, people):
    asked = ask(people.admin, PERIOD, Period.read("2026-Q4"))
    assert str(asked.before.last) == "2026-08-18"
    now, before = look(asked)
    assert counts(now.shown) == [1, 1, 2, 1]
    # 1 July – 18 August: b1–b4 came in; a4, b1–b4 opportunities; b1 signed; b1 paid.
    assert counts(before.shown) == [4, 5, 1, 1]


def test_a_running_cohort_is_cut_on_both_sides(twelve, people):
    now, before = look(ask(people.admin, COHORT, Period.read("2026-Q4")))
    assert counts(now.shown) == [1, 1, 1, 1]
    assert counts(before.shown) == [4, 4, 1, 1]


def test_stock_counts_where_everybody_stands(twelve, people):
    now, before = look(ask(people.admin, STOCK))
    # Potential: a5, b6; opportunity: a4, b2, b4, b5; signed: a3, b3; paid: a1, a2, b1, c1.
    assert counts(now.shown) == [2, 4, 2, 4]
    assert money(now.shown) == [0, 400, 180, 240]
    assert now.rates() == [10 / 12, 6 / 10, 4 / 6]
    # On 31 October b3 had not signed, c1 was not even an opportunity.
    assert counts(before.shown) == [3, 5, 1, 3]


def test_any_days_can_be_asked_for(twelve, people):
    now, before = look(ask(people.admin, PERIOD, Period.read("2026-07-10..2026-08-13")))
    # b2, b3, b4 came in; a4, b2, b3 became opportunities; b1 signed and paid.
    assert counts(now.shown) == [3, 3, 1, 1]
    # 5 June – 9 July: a4, a5, b1; b1; a2; a1.
    assert counts(before.shown) == [3, 1, 1, 1]
    cohort, _before = look(ask(people.admin, COHORT, Period.read("2026-07-10..2026-08-13")))
    assert counts(cohort.shown) == [3, 3, 1, 0]


def test_everybody_counts_what_he_may_see(twelve, people):
    expected = {
        "rep_a": [2, 2, 1, 1],
        "rep_b": [1, 1, 1, 0],
        "rep_c": [3, 2, 0, 0],
        "lead_east": [6, 5, 2, 1],
        "lead_south": [0, 0, 0, 0],
    }
    for who, figures in expected.items():
        assert counts(look(ask(getattr(people, who), COHORT))[0].shown) == figures, who


def test_a_part_of_the_firm_is_the_sum_of_its_people(twelve, people):
    assert counts(look(ask(people.admin, COHORT, team=people.east_1.pk))[0].shown) == [3, 3, 2, 1]
    assert counts(look(ask(people.admin, COHORT, team=people.east.pk))[0].shown) == [6, 5, 2, 1]
    assert counts(look(ask(people.lead_east, COHORT, owner=people.rep_c.pk))[0].shown) == [3, 2, 0, 0]
    now, before = look_by(ask(people.admin, COHORT), "team_id")
    assert {team: found[1] for team, found in now.items()} == {people.east_1.pk: 3, people.east_2.pk: 3}
    assert before[people.east_2.pk][2] == 1


def test_a_shared_company_counts_for_whom_it_was_shared_with(twelve, people):
    companies.share(twelve.b1, with_user=people.lead_south, by=people.admin)
    companies.share(twelve.b1, with_user=people.lead_east, by=people.admin)
    companies.share(twelve.b4, with_user=people.rep_a, by=people.admin)
    dispatch_all()
    assert counts(look(ask(people.lead_south, COHORT))[0].shown) == [1, 1, 1, 1]
    assert counts(look(ask(people.lead_south, STOCK))[0].shown) == [0, 0, 0, 1]
    assert counts(look(ask(people.lead_east, COHORT))[0].shown) == [6, 5, 2, 1]
    # Rights are found once per request: a later request knows of the share.
    assert counts(look(ask(User.objects.get(pk=people.rep_a.pk), COHORT))[0].shown) == [3, 3, 1, 1]


def test_steps_that_were_skipped_count_once_and_no_cohort_exceeds_the_whole(people, at, make_company, make_order):
    at("2026-11-02 10:00")
    company = make_company(by=people.rep_a)
    at("2026-11-05 10:00")
    order = make_order("90.00", company=company, by=people.rep_a, placed=True)
    make_order("90.00", company=company, by=people.rep_a, placed=True)
    dispatch_all()
    now, _before = look(ask(people.admin, COHORT, Period.read("2026-11")))
    assert counts(now.shown) == [1, 1, 1, 0]
    assert now.rates() == [1, 1, 0]
    assert order.company_id == company.pk


def test_medians_of_stages_by_team_and_by_person(people, at, make_deal):
    need, demo = Stage.objects.get(code="need"), Stage.objects.get(code="demo")

    def stay(who, first, last, back=None):
        at(f"{first} 10:00")
        deal = make_deal(by=who)
        at(f"{last} 10:00")
        deal = opportunities.move(deal, demo, by=people.admin, override_reason="已演示")
        if back:
            at(f"{back} 10:00")
            opportunities.move(deal, need, by=people.admin)

    stay(people.rep_a, "2026-05-01", "2026-05-05")
    stay(people.rep_a, "2026-07-01", "2026-07-09", back="2026-07-12")
    stay(people.rep_b, "2026-07-02", "2026-07-20")
    stay(people.rep_c, "2026-07-03", "2026-08-12")
    at("2026-11-18 15:00")
    dispatch_all()

    def found(person, **part):
        return {one.stage.code: (one.median, one.before) for one in stays(Slice.asked(person, **part), THIRD)}

    # Need: 8, 18, 40 days; before 4. Demo: 3 days until it went back.
    assert found(people.admin)["need"] == (18, 4)
    assert found(people.admin)["demo"] == (3, None)
    assert found(people.lead_east)["need"] == (18, 4)
    assert found(people.rep_a)["need"] == (8, 4)
    assert found(people.admin, team=people.east_1.pk)["need"] == (13, 4)
    assert found(people.admin, owner=people.rep_c.pk)["need"] == (40, None)
    assert found(people.lead_south)["need"] == (None, None)


def test_money_of_another_currency_is_not_added_up(people, at, make_company, make_deal):
    at("2026-11-02 10:00")
    company = make_company(by=people.rep_a)
    make_deal(company, by=people.rep_a, amount=Decimal(100))
    make_deal(company, by=people.rep_a, amount=Decimal(7), currency="USD")
    dispatch_all()
    now, _before = look(ask(people.admin, STOCK))
    assert now.shown[2].amount == 100
