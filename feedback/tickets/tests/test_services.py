"""Feedback: who gets it, by when, and every state it goes through."""

from datetime import UTC, datetime, timedelta

import pytest

from crm.activity.models import Activity, OwnershipChange, StateChange
from crm.core.errors import Invalid, NotAllowed, WrongState
from feedback.tickets import events, reminders, services
from feedback.tickets.models import Ticket


@pytest.fixture(autouse=True)
def friday(at):
    """Friday 20 November 2026, 10:00 in Shanghai; no holiday in the weeks that follow."""
    return at("2026-11-20 10:00")


@pytest.fixture
def make_ticket(people, make_company):
    def make(*, by=None, **values):
        usual = {"company": make_company(), "category": "enquiry", "content": "什么时候发货？"}
        return services.create({**usual, **values}, by=by or people.rep_a)

    return make


def states(ticket):
    rows = StateChange.objects.filter(object_id=ticket.pk, kind__model="ticket").order_by("id")
    return [state for (state,) in rows.values_list("to_state")]


def shanghai(text):
    return datetime.fromisoformat(f"{text}+08:00")


def test_feedback_is_numbered_named_after_its_words_and_starts_its_ledgers(people, make_ticket):
    ticket = make_ticket(content="登录很慢\n每天早上都这样", tags=["性能", "性能", " "])
    assert (ticket.number, ticket.name, ticket.tags) == ("FB-2026-0001", "登录很慢", ["性能"])
    assert ticket.received_at == datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
    assert states(ticket) == ["new"]
    assert OwnershipChange.objects.get(kind__model="ticket").to_owner == ticket.owner


@pytest.mark.parametrize(
    ("priority", "due"),
    [
        ("P1", "2026-11-20 15:30"),  # 2 hours to noon, 2 after half past one
        ("P2", "2026-11-23 10:00"),
        ("P3", "2026-11-25 10:00"),
        ("P4", "2026-11-27 10:00"),
    ],
)
def test_the_due_time_follows_the_priority_in_working_time(make_ticket, priority, due):
    assert make_ticket(priority=priority).due_at == shanghai(due)


def test_another_priority_moves_the_due_time_unless_one_is_given(people, make_ticket):
    ticket = services.update(make_ticket(), {"priority": "P1"}, by=people.rep_a)
    assert ticket.due_at == shanghai("2026-11-20 15:30")
    due = shanghai("2026-12-01 09:00")
    assert services.update(ticket, {"priority": "P2", "due_at": due}, by=people.rep_a).due_at == due


@pytest.mark.parametrize(("category", "role"), [("product", "presales"), ("service", "service"), ("complaint", "service")])
def test_feedback_goes_to_the_role_that_looks_after_its_category(people, make_user, make_ticket, category, role):
    presales = make_user("presales", people.office)
    ticket = make_ticket(category=category)
    assert ticket.owner == {"presales": presales, "service": people.service}[role]
    assert Activity.objects.get(verb=events.CREATED).data["routed"] == role


def test_it_goes_to_the_least_busy_and_to_nobody_who_has_left(people, make_user, make_ticket):
    gone, second = make_user("service", people.office, is_active=False), make_user("service", people.office)
    owners = [make_ticket(category="complaint").owner for _ in range(4)]
    assert owners == [people.service, second, people.service, second]
    services.resolve(Ticket.objects.filter(owner=second).first(), resolution="已补发", by=people.service)
    assert make_ticket(category="complaint").owner == second
    assert gone not in owners


def test_without_anybody_for_it_feedback_stays_with_whoever_took_it_in(people, make_ticket):
    assert make_ticket(category="product").owner == people.rep_a  # nobody here is presales
    assert make_ticket(category="suggestion").owner == people.rep_a


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"content": " "}, "content"),
        ({"category": "praise"}, "category"),
        ({"category": ""}, "category"),
        ({"priority": "P9"}, "priority"),
        ({"tags": ["长" * 41]}, "tags"),
        ({"received_at": datetime(2026, 11, 21, tzinfo=UTC)}, "received_at"),
        ({"received_at": datetime(19, 7, 12, tzinfo=UTC)}, "received_at"),
        ({"due_at": datetime(2026, 11, 1, tzinfo=UTC)}, "due_at"),
        ({"state": "closed"}, "state"),
    ],
)
def test_what_feedback_cannot_be_is_refused_by_its_field(make_ticket, values, field):
    with pytest.raises(Invalid) as refused:
        make_ticket(**values)
    assert field in refused.value.errors


def test_feedback_from_answer_to_closing_with_the_customers_grade(people, make_ticket, at):
    ticket = make_ticket()
    at("2026-11-20 10:30")
    services.respond(ticket, by=people.rep_a)
    services.wait(ticket, by=people.rep_a)
    at("2026-11-20 16:00")
    services.resume(ticket, by=people.rep_a)
    services.resolve(ticket, resolution="已重新发货", by=people.rep_a)
    ticket = services.close(ticket, satisfaction=5, by=people.rep_a)
    assert states(ticket) == ["new", "working", "waiting", "working", "resolved", "closed"]
    assert ticket.first_response_at == shanghai("2026-11-20 10:30")
    assert ticket.resolved_at == shanghai("2026-11-20 16:00")
    assert (ticket.resolution, ticket.satisfaction) == ("已重新发货", 5)


def test_the_first_answer_counts_and_resolving_is_an_answer(people, make_ticket, at):
    first, second = make_ticket(), make_ticket()
    services.respond(first, by=people.rep_a)
    at("2026-11-20 11:00")
    assert services.respond(first, by=people.rep_a).first_response_at == shanghai("2026-11-20 10:00")
    assert Activity.objects.filter(verb=events.RESPONDED).count() == 1
    assert services.resolve(second, resolution="好了", by=people.rep_a).first_response_at == shanghai("2026-11-20 11:00")


def test_reopened_feedback_is_in_progress_again_and_has_lost_its_grade(people, make_ticket):
    ticket = services.close(services.resolve(make_ticket(), resolution="好了", by=people.rep_a), satisfaction=1, by=people.rep_a)
    with pytest.raises(Invalid) as refused:
        services.reopen(ticket, reason="", by=people.rep_a)
    assert refused.value.code == "reason_required"
    for _ in range(2):
        ticket = services.reopen(ticket, reason="又坏了", by=people.rep_a)
    assert (ticket.state, ticket.resolved_at, ticket.satisfaction) == ("working", None, None)
    assert Activity.objects.filter(verb=events.REOPENED).count() == 1


def test_states_are_not_skipped(people, make_ticket):
    ticket = make_ticket()
    with pytest.raises(WrongState) as refused:
        services.close(ticket, by=people.rep_a)
    assert refused.value.code == "not_resolved"
    with pytest.raises(WrongState) as refused:
        services.resume(services.respond(ticket, by=people.rep_a), by=people.rep_a) and services.resume(
            services.close(services.resolve(ticket, resolution="好了", by=people.rep_a), by=people.rep_a), by=people.rep_a
        )
    assert refused.value.code == "not_waiting"
    for verb in (services.respond, services.wait):
        with pytest.raises(WrongState) as refused:
            verb(ticket, by=people.rep_a)
        assert refused.value.code == "not_open"


@pytest.mark.parametrize("satisfaction", [0, 6])
def test_a_grade_outside_one_to_five_is_refused(people, make_ticket, satisfaction):
    ticket = services.resolve(make_ticket(), resolution="好了", by=people.rep_a)
    with pytest.raises(Invalid) as refused:
        services.close(ticket, satisfaction=satisfaction, by=people.rep_a)
    assert refused.value.field == "satisfaction"


def test_resolving_needs_words(people, make_ticket):
    with pytest.raises(Invalid) as refused:
        services.resolve(make_ticket(), resolution=" ", by=people.rep_a)
    assert refused.value.code == "resolution_required"


def test_feedback_is_handed_over_by_those_who_may(people, make_ticket):
    ticket = make_ticket()
    with pytest.raises(NotAllowed):
        services.assign([ticket], to=people.rep_b, by=people.rep_a)
    services.assign([ticket], to=people.rep_c, by=people.lead_east, reason="熟悉产品")
    ticket.refresh_from_db()
    assert (ticket.owner, ticket.team) == (people.rep_c, people.east_2)
    people.rep_b.is_active = False
    with pytest.raises(Invalid) as refused:
        services.assign([ticket], to=people.rep_b, by=people.lead_east)
    assert refused.value.code == "inactive"


def test_due_feedback_is_announced_once_however_often_and_late_the_job_runs(people, make_ticket, at):
    due, waiting, later = make_ticket(priority="P1"), make_ticket(priority="P1"), make_ticket(priority="P4")
    services.wait(waiting, by=people.rep_a)
    at("2026-11-20 15:29")
    assert reminders.remind_due(by=people.system) == 0
    at("2026-11-22 08:00")
    assert [reminders.remind_due(by=people.system) for _ in range(2)] == [1, 0]
    (told,) = Activity.objects.filter(verb=events.DUE)
    assert (told.object_id, told.actor, told.data["owner"]) == (due.pk, people.system, people.rep_a.pk)
    services.resume(waiting, by=people.rep_a)
    assert reminders.remind_due(by=people.system) == 1
    assert later.reminded_at is None


def test_a_new_due_time_is_announced_again(people, make_ticket, at):
    ticket = make_ticket(priority="P1")
    at("2026-11-20 16:00")
    reminders.remind_due(by=people.system)
    services.update(ticket, {"due_at": shanghai("2026-11-20 17:00")}, by=people.rep_a)
    at("2026-11-20 17:00")
    assert reminders.remind_due(by=people.system) == 1


def test_two_runs_of_the_reminder_at_once_announce_everything_once(run_together, people, make_ticket, at):
    for _ in range(10):
        make_ticket(priority="P1")
    at("2026-11-20 15:30")
    assert sum(run_together(lambda _n: reminders.remind_due(by=people.system), 4)) == 10
    assert Activity.objects.filter(verb=events.DUE).count() == 10


def test_the_same_feedback_sent_twice_is_taken_in_once(people, make_company):
    values = {"company": make_company(), "category": "enquiry", "content": "？"}
    first, second = (services.create(values, by=people.rep_a, once="key") for _ in range(2))
    assert first == second


def test_feedback_of_a_company_out_of_reach_and_a_strange_contact_are_refused(people, make_company, make_ticket):
    with pytest.raises(Invalid) as refused:
        make_ticket(company=make_company(by=people.rep_c))
    assert refused.value.code == "out_of_reach"


def test_feedback_without_a_company_can_be_given_one_later(people, make_company, make_ticket):
    ticket = services.create({"category": "enquiry", "content": "匿名来电"}, by=people.rep_b)
    assert ticket.co_owner is None
    company = make_company()
    ticket = services.update(ticket, {"company": company}, by=people.lead_east)
    assert (ticket.company, ticket.co_owner) == (company, people.rep_a)


def test_binned_feedback_is_out_of_sight_and_of_reminders_until_it_comes_back(people, make_ticket, at):
    ticket = services.delete(make_ticket(priority="P1"), by=people.admin)
    at("2026-11-22 08:00")
    assert not Ticket.objects.visible_to(people.rep_a).exists()
    assert reminders.remind_due(by=people.system) == 0
    assert services.restore(ticket, by=people.admin).deleted_at is None
    assert Ticket.objects.due_before(shanghai("2026-11-22 08:00") + timedelta(seconds=1)).get() == ticket
