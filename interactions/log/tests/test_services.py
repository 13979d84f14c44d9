"""Logging what was said."""

from datetime import timedelta

import pytest
from django.utils import timezone

from crm.activity.models import About, Activity
from crm.activity.spine import kind_of
from crm.core import clock
from crm.core.errors import Conflict, Invalid, NotAllowed
from interactions.followups import services as followups
from interactions.followups.models import FollowUp
from interactions.log import services
from interactions.log.models import Interaction

pytestmark = pytest.mark.django_db


def call(company, **more):
    return {"channel": "phone", "subject": "预算年底前批", "company": company} | more


def test_a_call_is_kept_with_its_author_and_the_owner_of_the_company(people, company, contact, at):
    at("2026-11-20 09:30")
    said = services.log(call(company, contact=contact, question="几条产线？", answer="三条", outcome="interested", satisfaction=5), by=people.rep_a)
    assert (said.owner, said.team, said.co_owner) == (people.rep_a, people.east_1, people.rep_a)
    assert (said.at, said.question, said.answer, said.outcome, said.satisfaction) == (clock.now(), "几条产线？", "三条", "interested", 5)


def test_company_and_contact_know_when_they_were_last_spoken_to(people, company, contact, at):
    moment = at("2026-11-20 09:30")
    services.log(call(company, contact=contact), by=people.rep_a)
    company.refresh_from_db()
    contact.refresh_from_db()
    assert company.last_contact_at == contact.last_contact_at == moment


def test_a_call_entered_late_does_not_move_the_last_contact_back(people, company, at):
    moment = at("2026-11-20 09:30")
    services.log(call(company), by=people.rep_a)
    services.log(call(company), at=moment - timedelta(days=3), by=people.rep_a)
    company.refresh_from_db()
    assert company.last_contact_at == moment


def test_it_stands_on_the_timelines_of_company_and_contact(people, company, contact):
    services.log(call(company, contact=contact, outcome="again"), by=people.rep_a)
    event = Activity.objects.get(verb="interactions.logged")
    assert event.data["outcome"] == "again"
    for record in (company, contact):
        assert About.objects.filter(kind=kind_of(record), object_id=record.pk, activity=event).exists()


def test_the_contact_alone_is_enough_to_know_the_company(people, company, contact):
    said = services.log({"channel": "wechat", "key_points": "先发案例\n再约演示", "contact": contact}, by=people.rep_a)
    assert (said.company, said.subject) == (company, "先发案例")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"channel": ""}, "channel"),
        ({"channel": "fax"}, "channel"),
        ({"subject": "", "key_points": ""}, "key_points"),
        ({"satisfaction": 6}, "satisfaction"),
        ({"satisfaction": 0}, "satisfaction"),
        ({"minutes": -1}, "minutes"),
        ({"outcome": "great"}, "outcome"),
        ({"company": None}, "company"),
    ],
)
def test_what_cannot_be_taken_is_refused_at_its_field(people, company, values, field):
    with pytest.raises(Invalid) as refusal:
        services.log(call(company) | values, by=people.rep_a)
    assert list(refusal.value.errors) == [field]
    assert not Interaction.objects.exists()


def test_the_time_may_be_five_minutes_ahead_of_the_server_but_not_six(people, company, at):
    now = at("2026-11-20 09:30")
    services.log(call(company), at=now + timedelta(minutes=5), by=people.rep_a)
    with pytest.raises(Invalid) as refusal:
        services.log(call(company), at=now + timedelta(minutes=6), by=people.rep_a)
    assert refusal.value.field == "at"


def test_nobody_logs_with_a_company_out_of_reach(people, company):
    with pytest.raises(Invalid) as refusal:
        services.log(call(company), by=people.rep_c)
    assert "company" in refusal.value.errors


def test_nobody_logs_without_the_right(people, company):
    with pytest.raises(NotAllowed):
        services.log(call(company), by=people.finance)


def test_the_same_form_sent_twice_is_one_interaction(people, company):
    first = services.log(call(company), by=people.rep_a, once="form-1")
    assert services.log(call(company), by=people.rep_a, once="form-1") == first
    assert Interaction.objects.count() == 1
    with pytest.raises(Conflict) as refusal:
        services.log(call(company, subject="别的事"), by=people.rep_a, once="form-1")
    assert refusal.value.code == "key_reused"


def test_a_next_step_with_a_time_becomes_a_follow_up(people, company, contact, at):
    now = at("2026-11-20 09:30")
    services.log(call(company, contact=contact, next_step="发报价", next_step_at=now + timedelta(days=1)), by=people.rep_a)
    followup = people.rep_a and company.followups.get()
    assert (followup.title, followup.owner, followup.contact, followup.due_at) == ("发报价", people.rep_a, contact, now + timedelta(days=1))
    company.refresh_from_db()
    assert (company.next_step, company.next_step_at) == ("发报价", now + timedelta(days=1))


def test_a_next_step_without_a_time_is_due_on_the_next_working_morning(people, company, at):
    at("2026-11-20 15:00")  # a Friday
    services.log(call(company, next_step="上门培训"), by=people.rep_a)
    assert FollowUp.objects.get().title == "上门培训"
    assert timezone.localtime(FollowUp.objects.get().due_at).strftime("%Y-%m-%d %H:%M") == "2026-11-23 10:00"


def test_a_next_step_that_was_agreed_on_days_ago_is_only_noted(people, company, at):
    now = at("2026-11-20 15:00")
    kept = services.log(call(company, next_step="上门培训"), by=people.rep_a, at=now - timedelta(days=3))
    assert kept.next_step == "上门培训"
    assert not FollowUp.objects.exists()


def test_a_refused_next_step_leaves_nothing_behind(people, company, at):
    now = at("2026-11-20 09:30")
    with pytest.raises(Invalid):
        services.log(call(company, next_step_at=now - timedelta(hours=1)), by=people.rep_a)
    assert not Interaction.objects.exists()
    assert not Activity.objects.filter(verb="interactions.logged").exists()


def test_a_contact_keeps_what_its_author_promised_for_today_and_leaves_tomorrow_alone(people, company, at):
    now = at("2026-11-20 09:30")
    today = followups.plan({"title": "回电", "company": company, "due_at": now + timedelta(hours=5)}, by=people.rep_a)
    tomorrow = followups.plan({"title": "演示", "company": company, "due_at": now + timedelta(days=1)}, by=people.rep_a)
    said = services.log(call(company), by=people.rep_a)
    today.refresh_from_db()
    tomorrow.refresh_from_db()
    assert (today.state, today.interaction, tomorrow.state) == ("done", said, "open")


def test_named_follow_ups_are_completed_and_no_others(people, company, at):
    now = at("2026-11-20 09:30")
    one = followups.plan({"title": "回电", "company": company, "due_at": now + timedelta(hours=1)}, by=people.rep_a)
    services.log(call(company), by=people.rep_a, done=[])
    one.refresh_from_db()
    assert one.state == "open"


def test_a_correction_of_the_time_corrects_the_last_contact(people, company, at):
    now = at("2026-11-20 09:30")
    said = services.log(call(company), by=people.rep_a)
    services.update(said, {"at": now - timedelta(days=2), "subject": "更正"}, by=people.rep_a)
    company.refresh_from_db()
    assert company.last_contact_at == now - timedelta(days=2)
    assert Activity.objects.get(verb="interactions.updated").data["fields"] == ["at", "subject"]


def test_whom_it_concerned_cannot_be_changed(people, company):
    said = services.log(call(company), by=people.rep_a)
    with pytest.raises(Invalid) as refusal:
        services.update(said, {"company": company}, by=people.rep_a)
    assert refusal.value.code == "unknown_field"


def test_two_who_correct_at_once_do_not_overwrite_each_other(people, company):
    said = services.log(call(company), by=people.rep_a)
    seen = said.version
    services.update(said, {"subject": "一"}, by=people.rep_a, version=seen)
    with pytest.raises(Conflict) as refusal:
        services.update(said, {"subject": "二"}, by=people.lead_east, version=seen)
    assert refusal.value.code == "stale"


def test_a_deleted_interaction_is_no_last_contact(people, company):
    said = services.log(call(company), by=people.rep_a)
    services.delete(said, by=people.rep_a)
    services.delete(said, by=people.rep_a)
    company.refresh_from_db()
    assert company.last_contact_at is None
    assert Activity.objects.filter(verb="interactions.deleted").count() == 1
    assert not Interaction.objects.visible_to(people.admin).exists()
