"""Customers with everything on every floor become one, and several again: rows, steps, dates, money and summaries (PRODUCT A4.7, A4.8)."""

from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest

from crm.activity.dispatch import dispatch_all
from crm.core import clock
from crm.core.errors import WrongState
from customers.companies import services as companies
from customers.companies.models import Company
from customers.contacts import services as contacts
from customers.contacts.models import Contact
from customers.merging import services
from customers.merging.proposing import counts_of
from deals.opportunities import services as opportunities
from deals.opportunities.models import Opportunity
from deals.payments import planning
from deals.payments import services as payments
from feedback.tickets import services as tickets
from interactions.followups import services as followups
from interactions.followups.models import FollowUp
from interactions.log import services as log
from interactions.log.models import Interaction
from reports.kept import summaries

pytestmark = pytest.mark.django_db
NAMES = ("苏州恒立达精密机械有限公司", "苏州恒立达精密机械", "恒立达机械（苏州）", "恒立达精机")


@pytest.fixture
def make_customer(people, make_deal, make_order):
    """`make_customer("恒立达", by=rep)`: a company with a person, an opportunity, an order, money, talk, promises and feedback."""

    def make(name, by, number=0):
        company = companies.create({"name": name}, by=by, even_if_known=True)
        person = contacts.create(
            {"name": f"周建明{number}", "company": company, "position": "经理", "mobile": f"1381234778{number}"}, by=by, even_if_known=True
        )
        deal = make_deal(company, by=by, contact=person)
        order = make_order(company=company, by=by, placed=True)
        planning.plan(order, [(clock.today(), order.amount)], by=by)
        payments.receive(order, {"amount": Decimal(100), "received_on": clock.today()}, by=people.finance)
        log.log({"channel": "phone", "key_points": f"谈了 {name}", "company": company, "contact": person}, by=by)
        followups.plan({"title": f"回访 {name}", "company": company, "contact": person, "due_at": clock.now() + timedelta(days=3 + number)}, by=by)
        tickets.create({"category": "product", "content": "掉线", "company": company, "contact": person}, by=people.service, owner=people.service)
        return SimpleNamespace(company=company, person=person, deal=deal, order=order)

    return make


@pytest.fixture
def four(at, people, make_customer):
    """Four customers of three people, each begun a day after the one before."""
    found = []
    for number, (name, by) in enumerate(zip(NAMES, (people.rep_a, people.rep_b, people.rep_c, people.rep_a), strict=True)):
        at(f"2026-03-0{2 + number} 10:00")
        found.append(make_customer(name, by, number))
    at("2026-03-10 10:00")
    return found


def state(records):
    """All that a company shows and what hangs on it, as plain values."""
    found = {}
    for record in records:
        row = Company._base_manager.get(pk=record.pk)
        kept = {name: value for name, value in vars(row).items() if name not in ("_state", "version", "updated_at")}
        rows = {name: sorted(found) for name, found in children(row).items()}
        found[row.pk] = kept | rows
    return found


def children(company):
    """The rows under a company, with owner and team they carry."""
    names = ("contacts", "interactions", "followups", "opportunities", "contracts", "orders", "instalments", "payments", "tickets", "points")
    carried = ("pk", "owner_id", "co_owner_id", "co_team_id")
    return {name: list(getattr(company, name).values_list(*(("norm",) if name == "points" else carried))) for name in names}


def merge(four, people):
    first, *others = (one.company for one in four)
    return services.merge(first, others, by=people.manager)


def test_all_that_hung_on_four_hangs_on_one_and_nothing_is_lost(four, people):
    ids = [one.company.pk for one in four]
    before = counts_of(Company, ids)
    merge(four, people)
    after = counts_of(Company, ids)
    assert before.all == 4 * 8
    assert (after.all, after.total(four[0].company)) == (before.all, before.all)
    assert {len(rows) for name, rows in children(four[0].company).items() if name not in ("contracts", "points")} == {4}
    carried = {row[2] for name, rows in children(four[0].company).items() if name != "points" for row in rows}
    assert carried == {people.rep_a.pk}


def test_the_result_shows_the_earliest_steps_the_latest_contact_and_the_next_promise(four, people):
    Company.objects.filter(pk=four[0].company.pk).update(step=1, opportunity_at=None, signed_at=None, paid_at=None)
    merge(four, people)
    kept = Company.objects.get(pk=four[0].company.pk)
    assert (str(kept.potential_at.date()), str(kept.signed_at.date()), str(kept.paid_at.date()), kept.step) == ("2026-03-02", "2026-03-02", "2026-03-02", 4)
    assert kept.last_contact_at == Interaction.objects.order_by("-at").first().at
    assert kept.next_step == f"回访 {NAMES[0]}"


def test_four_merged_three_fields_edited_two_rows_added_and_taken_back(four, people, at, make_deal):
    """PRODUCT A4.8, by hand."""
    records = [one.company for one in four]
    before = state(records)
    done = merge(four, people)
    at("2026-03-12 10:00")
    kept = companies.update(Company.objects.get(pk=records[0].pk), {"address": "星湖街 218 号", "notes": "新客户", "tags": ["重点"]}, by=people.rep_a)
    deal = make_deal(kept, by=people.rep_a)
    person = contacts.create({"name": "沈丽华", "company": kept, "position": "总监", "mobile": "13998760021"}, by=people.rep_a)
    at("2026-03-13 10:00")
    answer = services.unmerge(done, by=people.manager)
    assert answer.edits == {"address": ["", "星湖街 218 号"], "notes": ["", "新客户"], "tags": [[], ["重点"]]}
    assert answer.added == {"customers.Contact.company": [person.pk], "deals.Opportunity.company": [deal.pk]}
    assert answer.left == {}
    after = state(records)
    first, others = after.pop(records[0].pk), before
    expected = others.pop(records[0].pk)
    assert after == others
    assert (first.pop("address"), first.pop("notes"), first.pop("tags"), first.pop("completeness")) == ("星湖街 218 号", "新客户", ["重点"], 10)
    carried = (people.rep_a.pk, people.rep_a.pk, people.rep_a.team_id)
    expected["contacts"].append((person.pk, *carried))
    expected["opportunities"].append((deal.pk, *carried))
    assert first == {name: value for name, value in expected.items() if name not in ("address", "notes", "tags", "completeness")}


def test_unmerged_at_once_everything_is_as_it_was(four, people):
    records = [one.company for one in four]
    before = state(records)
    services.unmerge(merge(four, people), by=people.manager)
    assert state(records) == before


def test_the_summaries_say_what_the_rows_say_after_the_merge_and_after_its_undoing(four, people, make_deal):
    done = merge(four, people)
    dispatch_all()
    assert {name: cells for name, cells in summaries.differences().items() if cells} == {}
    make_deal(Company.objects.get(pk=four[0].company.pk), by=people.rep_a)
    services.unmerge(done, by=people.manager)
    dispatch_all()
    assert {name: cells for name, cells in summaries.differences().items() if cells} == {}


def test_what_happened_to_moved_rows_since_goes_back_with_them_and_the_steps_follow(four, people, at):
    done = merge(four, people)
    at("2026-03-12 10:00")
    moved = four[2].deal
    opportunities.update(Opportunity.objects.get(pk=moved.pk), {"amount": Decimal(77)}, by=people.manager)
    Company._base_manager.filter(pk=four[2].company.pk).update(step=1, opportunity_at=None, signed_at=None, paid_at=None)
    services.unmerge(done, by=people.manager)
    back = Company.objects.get(pk=four[2].company.pk)
    assert back.opportunities.get().amount == 77
    assert (back.step, str(back.opportunity_at.date())) == (4, "2026-03-04")


def test_rows_that_were_moved_on_since_stay_where_they_are_and_are_named(four, people, make_company):
    done = merge(four, people)
    elsewhere = make_company("别处有限公司", by=people.manager)
    gone = four[3].person
    contacts.move(Contact.objects.get(pk=gone.pk), to=elsewhere, by=people.manager)
    answer = services.unmerge(done, by=people.manager)
    assert answer.left == {"customers.Contact.company": [gone.pk]}
    assert Contact.objects.get(pk=gone.pk).company == elsewhere


def test_what_others_had_promised_falls_to_the_owner_and_returns(four, people):
    done = merge(four, people)
    assert set(FollowUp.objects.values_list("owner", flat=True)) == {people.rep_a.pk}
    services.unmerge(done, by=people.manager)
    by_company = dict(FollowUp.objects.values_list("company", "owner"))
    assert by_company == {four[n].company.pk: owner.pk for n, owner in enumerate((people.rep_a, people.rep_b, people.rep_c, people.rep_a))}


def test_the_result_can_go_to_another_owner_and_goes_back(four, people):
    first, second, *_others = (one.company for one in four)
    before = state([first, second])
    done = services.merge(first, [second], by=people.manager, holder=second)
    first.refresh_from_db()
    assert first.owner == people.rep_b
    assert {row[2] for row in children(first)["orders"]} == {people.rep_b.pk}
    services.unmerge(done, by=people.manager)
    assert state([first, second]) == before


def test_a_merge_of_a_merge_is_taken_back_from_the_end(four, people):
    a, b, c, _d = (one.company for one in four)
    before = state([a, b, c])
    inner = services.merge(b, [a], by=people.manager)
    middle = state([b, c])
    outer = services.merge(c, [b], by=people.manager)
    with pytest.raises(WrongState) as refused:
        services.unmerge(inner, by=people.manager)
    assert refused.value.code == "merged_again"
    services.unmerge(outer, by=people.manager)
    assert state([b, c]) == middle
    services.unmerge(inner, by=people.manager)
    assert state([a, b, c]) == before


@pytest.mark.usefixtures("nothing_ages")
def test_the_merge_takes_no_more_statements_for_more_rows(four, people, make_deal, django_assert_max_num_queries):
    for _n in range(30):
        make_deal(four[1].company, by=people.rep_b)
    with django_assert_max_num_queries(80) as few:
        services.merge(four[2].company, [four[3].company], by=people.manager)
    with django_assert_max_num_queries(len(few) + 2):
        services.merge(four[0].company, [four[1].company], by=people.manager)
