"""Merging while others work on the same customers: nothing is lost, nothing hangs on a record that is gone (LIMITS R7)."""

from datetime import timedelta
from threading import Event

import pytest
from django.db import transaction

from crm.core import clock
from crm.core.errors import Refusal, conflict_of
from customers.companies import services as companies
from customers.companies.models import Company
from customers.contacts import services as contacts
from customers.merging import services
from customers.merging.models import Merge
from customers.merging.relations import moving
from deals.opportunities import services as opportunities
from feedback.tickets import services as tickets
from interactions.followups import services as followups
from interactions.followups.models import FollowUp
from interactions.log import services as log

THREADS = 12


def orphans(ids):
    """How many rows point to these records, by relation; only what moves."""
    found = {relation.name: relation.rows(Company, ids).count() for relation in moving(Company)}
    return {name: count for name, count in found.items() if count and name != "customers.Company.parent"}


def adders(people):
    """The ways in which something comes to lie under a company: each gives back the row."""
    by = people.manager
    return [
        lambda company, n: contacts.create({"name": f"员工{n}", "company": company, "position": "员工", "mobile": f"139{n:08d}"}, by=by, even_if_known=True),
        lambda company, n: opportunities.create({"name": f"商机{n}", "company": company}, by=by),
        lambda company, n: log.log({"channel": "phone", "key_points": f"谈 {n}", "company": company}, by=by),
        lambda company, n: followups.plan({"title": f"回访 {n}", "company": company, "due_at": clock.now() + timedelta(days=1)}, by=by),
        lambda company, n: tickets.create({"category": "product", "content": f"掉线 {n}", "company": company}, by=by, owner=by),
        lambda company, n: companies.update(company, {"notes": f"改 {n}"}, by=by),
    ]


@pytest.mark.parametrize("round_", range(3))
def test_what_is_added_during_a_merge_lies_under_the_survivor_or_was_refused(committed, people, run_together, round_):
    kept = companies.create({"name": f"苏州恒立达精密机械有限公司 {round_}"}, by=people.rep_a)
    gone = [companies.create({"name": f"恒立达 {round_} {n}"}, by=people.rep_c) for n in range(3)]
    ways = adders(people)
    for number, company in enumerate(gone):
        for way in ways:
            way(company, 100 + number)

    def act(number):
        if number == 3 * (1 + round_):
            return services.merge(kept, gone, by=people.manager)
        return ways[number % len(ways)](gone[number % 3], 200 + number + 20 * round_)

    outcomes = run_together(act, THREADS)
    assert [found for found in outcomes if isinstance(found, Exception) and not isinstance(found, Refusal)] == []
    assert Merge.objects.count() == 1
    assert orphans([company.pk for company in gone]) == {}
    added = [found for found in outcomes if not isinstance(found, Refusal | Merge | Company)]
    assert {type(row)._base_manager.get(pk=row.pk).company_id for row in added} <= {kept.pk}
    kept.refresh_from_db()
    first = FollowUp.objects.filter(company=kept).order_by("due_at", "pk").first()
    assert (kept.next_step_at, kept.next_step) == (first.due_at, first.title)
    assert kept.last_contact_at == max(kept.interactions.values_list("at", flat=True))
    assert {(row.co_owner_id, row.co_team_id) for row in kept.contacts.all()} == {(kept.owner_id, kept.team_id)}


def test_what_was_written_before_the_merge_and_would_be_committed_after_it_is_refused(committed, people, run_together):
    kept, gone = (companies.create({"name": name}, by=people.rep_a) for name in ("恒立达精密", "恒立达机械"))
    written, merged = Event(), Event()

    def act(number):
        if number:
            written.wait(30)
            done = services.merge(kept, [gone], by=people.manager)
            merged.set()
            return done
        with transaction.atomic():
            tickets.create({"category": "product", "content": "掉线", "company": gone}, by=people.manager, owner=people.manager)
            written.set()
            merged.wait(30)
        return None

    refused, done = run_together(act, 2)
    assert isinstance(done, Merge)
    assert conflict_of(refused).code == "merged"
    assert orphans([gone.pk]) == {}


def test_two_who_press_merge_at_once_make_one_merge(committed, people, run_together):
    kept, gone = (companies.create({"name": name}, by=people.rep_a) for name in ("恒立达精密", "恒立达机械"))
    outcomes = run_together(lambda n: services.merge(kept, [gone], by=people.manager), 6)
    assert {found.pk for found in outcomes} == {Merge.objects.get().pk}


def test_of_a_merge_each_way_at_once_one_happens(committed, people, run_together):
    a, b = (companies.create({"name": name}, by=people.rep_a) for name in ("恒立达精密", "恒立达机械"))
    outcomes = run_together(lambda n: services.merge(*((a, [b]) if n % 2 else (b, [a])), by=people.manager), 4)
    assert Merge.objects.count() == 1
    assert Company.objects.live().count() == 1
    assert {type(found) for found in outcomes if not isinstance(found, Merge)} <= set(Refusal.__subclasses__())


def test_of_a_merge_and_its_undoing_by_many_at_once_the_records_stay_whole(committed, people, run_together):
    kept, gone = (companies.create({"name": name}, by=people.rep_a) for name in ("恒立达精密", "恒立达机械"))
    contacts.create({"name": "周建明", "company": gone, "position": "经理", "mobile": "13812347788"}, by=people.rep_a)
    done = services.merge(kept, [gone], by=people.manager)
    answers = run_together(lambda n: services.unmerge(done, by=people.manager), 4)
    assert [len(answer.records) for answer in answers] == [2] * 4
    assert gone.contacts.count() == 1
    assert kept.contacts.count() == 0
