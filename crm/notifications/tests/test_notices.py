"""The inbox: told once, read by its owner alone, in the reader's language."""

import pytest
from django.utils import translation

from crm.activity.dispatch import dispatch_all
from crm.activity.models import Delivery, Pending
from crm.activity.spine import event
from crm.notifications import notices, services
from crm.notifications.models import Notice
from crm.notifications.notices import Told

pytestmark = pytest.mark.django_db


@pytest.fixture
def telling():
    """Register a teller for the length of a test."""
    added = []

    def add(verb, function):
        notices.on(verb)(function)
        added.append(f"{verb} {function.__module__}.{function.__qualname__}")

    yield add
    for name in added:
        del notices.tellers._things[name]


def happens(verb, record, by, **data):
    with event(verb, by=by, subject=record, data=data) as found:
        return found


def test_an_event_lands_in_the_inboxes_its_room_declared(people, telling):
    telling("tests.given", lambda activity: [Told(activity.data["to"], {"title": "A gift"}, "/x/")])
    given = happens("tests.given", people.east, people.rep_a, to=people.rep_c.pk)
    dispatch_all()
    notice = Notice.objects.get()
    assert (notice.user, notice.code, notice.event_id, notice.url) == (people.rep_c, "tests.given", given.id, "/x/")


def test_nobody_is_told_of_what_he_did_himself_unless_it_is_for_him(people, telling):
    telling("tests.own", lambda activity: [Told(activity.actor_id), Told(activity.actor_id, {"own": True}, own=True, key="own")])
    happens("tests.own", people.east, people.rep_a)
    dispatch_all()
    assert [notice.facts for notice in Notice.objects.all()] == [{"own": True}]


def test_an_event_given_twice_to_the_reader_is_told_once(people, telling):
    telling("tests.given", lambda activity: [Told(people.rep_c.pk)])
    given = happens("tests.given", people.east, people.rep_a)
    dispatch_all()
    Pending.objects.create(activity_id=given.id)
    dispatch_all()
    assert Notice.objects.count() == 1


def test_a_teller_that_fails_keeps_its_event_and_costs_nobody_else_theirs(people, telling):
    def fails(activity):
        raise ZeroDivisionError

    telling("tests.broken", fails)
    telling("tests.given", lambda activity: [Told(people.rep_c.pk)])
    happens("tests.broken", people.east, people.rep_a)
    happens("tests.given", people.east, people.rep_a)
    dispatch_all()
    assert Notice.objects.count() == 1
    assert Delivery.objects.get().reader == "notifications"


def test_a_key_is_told_once_to_each_person(people):
    for _time in range(2):
        services.notify(people.rep_a, "followups.due", {"title": "回访"}, key="followup:1")
    services.notify(people.rep_b, "followups.due", key="followup:1")
    assert Notice.objects.count() == 2


def test_the_end_of_a_long_job_is_told_in_the_language_of_the_reader(people):
    notice = Notice(code="jobs.finished", facts={"kind": "gone.kind", "note": "12 rows"})
    with translation.override("en"):
        assert notices.words_of(notice) == ("gone.kind is done", "12 rows")


def test_everybody_reads_only_his_own_inbox(people, signed_in):
    services.notify(people.rep_a, "plain", {"title": "给小雨的"}, key="1")
    mine = signed_in(people.rep_a).get("/notifications/")
    assert "给小雨的" in mine.content.decode()
    assert "给小雨的" not in signed_in(people.rep_b).get("/notifications/").content.decode()
    address = f"/notifications/{Notice.objects.get().pk}/reading/"
    assert signed_in(people.rep_b).post(address).status_code == 404
    assert Notice.objects.get().read_at is None


def test_opening_a_notice_marks_it_read_and_leads_to_its_record(people, signed_in):
    services.notify(people.rep_a, "plain", {"title": "看一下"}, url="/jobs/", key="1")
    browser = signed_in(people.rep_a)
    address = f"/notifications/{Notice.objects.get().pk}/reading/"
    assert browser.get(address).status_code == 405
    assert browser.post(address).headers["Location"] == "/jobs/"
    assert services.unread_count(people.rep_a) == 0


def test_marking_all_as_read_leaves_what_came_after_the_page_was_drawn(people, signed_in):
    for number in range(3):
        services.notify(people.rep_a, "plain", {"title": f"n{number}"}, key=str(number))
    seen = Notice.objects.order_by("pk")[1].pk
    signed_in(people.rep_a).post("/notifications/reading/", {"up_to": seen})
    assert list(Notice.objects.filter(read_at=None).values_list("facts__title", flat=True)) == ["n2"]


def test_the_inbox_goes_back_in_time_by_key(people, signed_in):
    for number in range(51):
        services.notify(people.rep_a, "plain", {"title": f"n-{number}-"}, key=str(number))
    browser = signed_in(people.rep_a)
    first = browser.get("/notifications/").content.decode()
    assert "n-50-" in first
    assert "n-0-" not in first
    older = Notice.objects.order_by("pk")[1].pk
    assert f"before={older}" in first
    second = browser.get(f"/notifications/?before={older}").content.decode()
    assert "n-0-" in second
    assert "n-1-" not in second


def test_the_badge_counts_what_is_unread(people):
    services.notify(people.rep_a, "plain", key="1")
    services.notify(people.rep_a, "plain", key="2")
    services.mark_read(Notice.objects.first())
    assert services.unread_count(people.rep_a) == 1
