"""After any history a report of the firm says from its summaries what the rows themselves say, whatever the days asked about."""

from datetime import date
from itertools import cycle

import pytest

from crm.activity.dispatch import dispatch_all
from reports.boards import owed
from reports.channels.channels import effects
from reports.funnel import reading
from reports.funnel.cohorts import cohorts
from reports.funnel.stays import stays
from reports.kept import summaries
from reports.pipeline import stages, stuck
from reports.sales.results import MONTH, PERSON, PRODUCT, TEAM, results, results_and_total
from reports.slices.periods import Period
from reports.slices.slices import Slice

PERIODS = [Period.read(text) for text in ("2026", "2026-Q2", "2026-04", "2026-03-10..2026-05-17", "2026-04-05..2026-04-20")]
WHO = ("admin", "manager", "lead_east")
ASKED = [
    *[("sales by " + by, lambda part, period, by=by: _lines(results(part, period, by))) for by in (MONTH, PERSON, TEAM, PRODUCT)],
    ("sales in all", lambda part, period: _lines([results_and_total(part, period, PRODUCT)[1]])),
    ("channels", lambda part, period: [(one.channel, one.contacts, one.rated, one.satisfied, one.decided, one.reached) for one in effects(part, period)]),
    ("open opportunities", lambda part, period: [(one.count, one.amount) for one in stages.open_now(part)]),
    ("opportunities passed", lambda part, period: [one.count for one in stages.passed(part, period)]),
    ("stuck opportunities", lambda part, period: stuck.whole(part)),
    ("first stuck opportunities", lambda part, period: [row.pk for row in stuck.first(part, 5)]),
    ("owed", lambda part, period: owed.before(part, period.last)),
    ("oldest owed", lambda part, period: [row.pk for row in owed.oldest(part, period.last, 5)]),
    ("standing", lambda part, period: reading.standing(part)),
    ("reached ever", lambda part, period: reading.reached(part)),
    ("reached in the period", lambda part, period: reading.reached(part, reached=(period.first, period.last))),
    ("cohort", lambda part, period: reading.reached(part, entered=(period.first, period.last))),
    ("cohort of equal age", lambda part, period: reading.reached(part, entered=(period.first, period.last), reached=(None, period.last))),
    ("cohort seen earlier", lambda part, period: reading.reached(part, entered=(period.first, period.last), reached=(None, date(2026, 5, 9)))),
    ("teams", lambda part, period: reading.reached_by(part, "team_id", entered=(period.first, period.last))),
    ("months since", lambda part, period: cohorts(part, 1, period.last)),
    ("stays", stays),
]


class FromRows(Slice):
    """The same part of the firm, never read from cells."""

    def is_wide(self, model):
        return False

    def has_cells(self, model):
        return False


def _lines(found):
    return [(one.key, one.received, one.payments, one.ordered, one.orders, one.quantity) for one in found]


@pytest.mark.parametrize("seed", range(3))
def test_the_summaries_say_what_the_rows_say(history, people, at, seed):
    history(100 + seed, 200)
    dispatch_all()
    assert set(summaries.differences().values()) == {0}
    firm, year = Slice(people.admin), PERIODS[0]
    happened = (results_and_total(firm, year, TEAM)[1].received, effects(firm, year), owed.before(firm, year.last)[0], stuck.whole(firm)[0])
    assert all(happened), "a history in which nothing happened proves nothing"
    for who in WHO:
        actor = getattr(people, who)
        assert Slice(actor).is_wide(stages.Opportunity)
        for name, ask in ASKED:
            for period in PERIODS:
                assert ask(Slice(actor), period) == ask(FromRows(actor), period), (name, who, str(period))


@pytest.mark.parametrize("seed", range(2))
def test_the_summaries_of_one_owner_say_what_his_rows_say_that_this_person_sees(history, people, at, seed):
    history(200 + seed, 200)
    dispatch_all()
    owners = (people.rep_a, people.rep_b, people.lead_south)
    assert sum(one.customers for owner in owners for one in reading.standing(Slice(people.admin, owner=owner.pk)).values()), "nobody owns anything"
    period_of = cycle(PERIODS)  # each question of each person about another period, so that all meet without asking for every pair
    assert len(ASKED) % len(PERIODS)
    for who in (*WHO, "rep_a"):
        actor = getattr(people, who)
        for owner in owners:
            for team in (None, people.east.pk, people.south.pk):
                for name, ask in ASKED:
                    period = next(period_of)
                    found, rows = (ask(part(actor, team, owner.pk), period) for part in (Slice, FromRows))
                    assert found == rows, (name, who, owner.username, team, str(period))
