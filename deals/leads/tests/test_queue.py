"""The daily queue in the order of PRODUCT A3.6: twelve leads, their order fixed by hand."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone, translation

from deals.leads import queue
from deals.leads.models import Lead
from interactions.log import services as interactions

pytestmark = pytest.mark.django_db

# name, grade, score, last contact, next step, assigned. It is Friday 2026-11-20, 14:00.
TWELVE = """
二  A 91 -                -                11-18 09:00
一  A 88 11-16 17:20      11-18 10:00      11-15 09:00
三  B 79 -                -                11-20 09:43
四  B 79 -                -                11-20 09:44
六  C 40 11-17 10:00      11-20 15:30      11-10 09:00
五  C 40 11-17 10:00      11-20 10:30      11-10 09:00
七  D 20 11-12 10:00      11-20 23:59      11-10 09:00
八  A 95 11-20 09:10      11-20 13:30      11-10 09:00
九  C 55 11-20 09:20      11-20 13:00      11-10 09:00
十  D 41 11-14 11:00      -                11-10 09:00
甲  D 41 -                11-23 09:00      11-16 09:00
乙  C 60 11-19 11:00      11-21 00:00      11-10 09:00
"""
ORDER = "一二三四 五六七 八九 乙十甲"


def moment(text):
    return None if text == "-" else timezone.make_aware(timezone.datetime.fromisoformat(f"2026-{text}"), timezone.get_default_timezone())


def rows():
    for line in TWELVE.strip().splitlines():
        words = iter(line.split())
        name, grade, score = next(words), next(words), Decimal(next(words))
        times = []
        for word in words:
            times.append(moment("-") if word == "-" else moment(f"{word} {next(words)}"))
        yield name, {"grade": grade, "score": score, "last_contact_at": times[0], "next_step_at": times[1], "assigned_at": times[2]}


@pytest.fixture
def twelve(make_lead, at):
    """The twelve leads of rep_a, on Friday at two."""
    for name, values in rows():
        Lead.objects.filter(pk=make_lead(name).pk).update(state="working", next_step="回电", **values)
    at("2026-11-20 14:00")
    return {lead.name: lead for lead in Lead.objects.all()}


def names(person):
    return "".join(entry.lead.name for entry in queue.entries(person))


def test_twelve_leads_stand_in_the_order_worked_out_by_hand(twelve, people):
    assert names(people.rep_a) == ORDER.replace(" ", "")
    assert [entry.layer for entry in queue.entries(people.rep_a)] == [1] * 4 + [2] * 3 + [3] * 2 + [4] * 3
    assert queue.counts(people.rep_a) == {1: 4, 2: 3, 3: 2, 4: 3}


def test_what_is_finished_leaves_at_once_and_comes_back_at_its_time(twelve, people, at):
    now = at("2026-11-20 14:00")
    interactions.log({"channel": "phone", "subject": "电话", "about": twelve["一"], "next_step_at": now + timedelta(hours=2)}, by=people.rep_a)
    assert "一" not in names(people.rep_a)
    assert [lead.name for lead in queue.later_today(people.rep_a)] == ["一"]
    at("2026-11-20 15:59")
    assert "一" not in names(people.rep_a)
    at("2026-11-20 16:01")
    assert next(entry.layer for entry in queue.entries(people.rep_a) if entry.lead.name == "一") == queue.AGAIN


def test_what_is_finished_for_today_is_back_tomorrow(twelve, people, at):
    interactions.log({"channel": "phone", "subject": "电话", "about": twelve["二"]}, by=people.rep_a)
    assert "二" not in names(people.rep_a)
    at("2026-11-21 00:00")
    assert "二" in names(people.rep_a)


def test_midnight_is_that_of_the_company_and_not_of_greenwich(twelve, people, at):
    at("2026-11-21 00:00")
    layers = {entry.lead.name: entry.layer for entry in queue.entries(people.rep_a)}
    assert (layers["八"], layers["乙"]) == (queue.QUALITY, queue.DUE)


def test_others_and_closed_ones_are_not_in_my_queue(twelve, people, make_lead):
    make_lead("别人的", by=people.rep_b)
    Lead.objects.filter(name__in=["二", "三"]).update(state="invalid")
    assert names(people.rep_a) == "一四五六七八九乙十甲"


def test_one_question_to_the_database_whatever_the_length(twelve, people, django_assert_num_queries):
    with django_assert_num_queries(1):
        queue.entries(people.rep_a)


@pytest.mark.parametrize(
    ("name", "reasons"),
    [
        ("一", ["Grade A, not contacted today", "overdue by 2 days: 回电", "waiting for 4 days"]),
        ("三", ["Grade B, not contacted today", "new today"]),
        ("五", ["overdue since 10:30: 回电"]),
        ("六", ["agreed for 15:30: 回电"]),
        ("八", ["Contacted today, again today", "overdue since 13:30: 回电"]),
        ("十", ["waiting for 6 days"]),
    ],
)
def test_every_lead_says_why_it_stands_there(twelve, people, name, reasons):
    with translation.override("en"):
        found = next(entry for entry in queue.entries(people.rep_a) if entry.lead.name == name)
        assert [str(reason) for reason in found.reasons] == reasons


def test_what_was_done_today_is_counted(twelve, people):
    assert queue.worked_today(people.rep_a) == 0
    interactions.log({"channel": "phone", "subject": "电话", "about": twelve["二"]}, by=people.rep_a)
    assert queue.worked_today(people.rep_a) == 1
