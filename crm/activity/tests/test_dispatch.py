"""The outbox: nothing lost, nothing invented, however often the dispatcher is killed."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction

from crm.activity import readers
from crm.activity.dispatch import BATCH, dispatch_all, dispatch_batch, retry_parked
from crm.activity.models import Activity, Delivery, Pending
from crm.activity.spine import event
from crm.core import clock

MANAGE = Path(__file__).parents[3] / "manage.py"
ROUNDS, WRITERS = 20, 3


@pytest.fixture
def reading():
    """Register a reader for the length of a test."""
    added = []

    def add(name, function):
        readers.readers.add(name, function)
        added.append(name)

    yield add
    for name in added:
        del readers.readers._things[name]


def happens(subject, by, **data):
    with event("tests.happened", by=by, subject=subject, data=data) as found:
        return found


@pytest.mark.django_db
def test_a_reader_gets_every_event_once_and_in_order(people, reading):
    got = []
    reading("test", lambda batch: got.extend(activity.pk for activity in batch))
    made = [happens(people.east, people.rep_a).id for _number in range(7)]
    dispatch_all()
    dispatch_all()
    assert got == made
    assert not Pending.objects.exists()


@pytest.mark.django_db
def test_an_event_is_dispatched_only_after_its_verb_was_committed(people):
    with pytest.raises(ZeroDivisionError), event("tests.happened", by=people.rep_a, subject=people.east):
        raise ZeroDivisionError
    assert dispatch_batch() == 0


@pytest.mark.django_db
def test_one_bad_event_costs_its_reader_nothing_else_and_is_tried_again(people, reading, at):
    at("2026-11-20 09:00:00")
    bad, got, broken = happens(people.east, people.rep_a).id, [], [True]
    good = happens(people.east, people.rep_a).id

    def reads(batch):
        if broken[0] and bad in [activity.pk for activity in batch]:
            raise ZeroDivisionError
        got.extend(activity.pk for activity in batch)

    reading("test", reads)
    dispatch_all()
    assert got == [good]
    parked = Delivery.objects.get()
    assert (parked.activity_id, parked.reader) == (bad, "test")
    assert retry_parked() == 0
    at("2026-11-20 09:00:11")
    assert retry_parked() == 1
    parked.refresh_from_db()
    assert (parked.attempts, int((parked.next_try - clock.now()).total_seconds())) == (2, 40)
    broken[0] = False
    at("2026-11-20 09:01:00")
    retry_parked()
    assert got == [good, bad]
    assert not Delivery.objects.exists()


@pytest.mark.django_db
def test_an_outbox_larger_than_a_batch_is_emptied_in_several(people, reading):
    sizes = []
    reading("test", lambda batch: sizes.append(len(batch)))
    one = happens(people.east, people.rep_a)
    copies = [Activity(actor=one.actor, verb="tests.happened", kind=Activity.objects.get(pk=one.id).kind, object_id=1, via="page") for _n in range(BATCH)]
    Pending.objects.bulk_create([Pending(activity=activity) for activity in Activity.objects.bulk_create(copies)])
    dispatch_all()
    assert sizes == [BATCH, 1]


def test_two_dispatchers_at_once_give_every_event_to_one_of_them(people, reading, run_together):
    got = []
    reading("test", lambda batch: got.extend(activity.pk for activity in batch))
    made = [happens(people.east, people.rep_a).id for _number in range(60)]
    run_together(lambda number: dispatch_all(), 2)
    assert sorted(got) == made


class Writers:
    """Threads that commit events, some of them out of order, and now and then take one back."""

    def __init__(self, people):
        self.people = people
        self.made, self.taken_back = [], []
        self.enough = threading.Event()
        self.threads = [threading.Thread(target=self.write, args=[number]) for number in range(WRITERS)]

    def write(self, number):
        turn = 0
        while not self.enough.wait(0.002):
            turn += 1
            try:
                with transaction.atomic():
                    made = happens(self.people.east, self.people.rep_a, writer=number, turn=turn)
                    if turn % 5 == 0:
                        raise ZeroDivisionError
                self.made.append(made.id)
            except ZeroDivisionError:
                self.taken_back.append(made.id)
        connection.close()

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_failure):
        self.enough.set()
        for thread in self.threads:
            thread.join()


class Nursery:
    """A process that is ready to dispatch and has a child do it, so that a round costs no start of Python."""

    def __init__(self):
        address = settings.DATABASE_URL.rpartition("/")[0] + "/" + connection.settings_dict["NAME"]
        env = {**os.environ, "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "crm.settings.test"}
        command = [sys.executable, "-c", NURSERY, str(MANAGE.parent)]
        self.process = subprocess.Popen(command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)

    def start(self):
        """The pid of a dispatcher that has had its first batch."""
        self.process.stdin.write("go\n")
        pid = int(self.process.stdout.readline())
        assert self.process.stdout.readline() == "taken\n"
        return pid

    def end(self):
        self.process.stdin.close()
        self.process.wait(60)
        self.process.stdout.close()


def test_killed_twenty_times_among_writers_the_dispatcher_loses_and_invents_nothing(people, committed, reading):
    """The reader copies every event into a table within the dispatcher's transaction: one row each, or something is wrong."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS km_seen; CREATE TABLE km_seen (activity bigint)")
    nursery = Nursery()
    with Writers(people) as writers:
        for round_number in range(ROUNDS):
            pid = nursery.start()
            writers.enough.wait(0.01 * (round_number % 7))  # killed at another moment in every round
            os.kill(pid, signal.SIGKILL)
    nursery.end()
    reading("seen", see)
    dispatch_all()
    with connection.cursor() as cursor:
        cursor.execute("SELECT activity FROM km_seen ORDER BY 1")
        seen = [row[0] for row in cursor.fetchall()]
        cursor.execute("DROP TABLE km_seen")
    assert seen == sorted(writers.made)
    assert writers.taken_back
    assert not Pending.objects.exists()


def see(batch):
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO km_seen VALUES (%s)", [[activity.pk] for activity in batch])


NURSERY = """
import os, sys
sys.path.insert(0, sys.argv[1])
import django
django.setup()
from crm.activity.dispatch import dispatch_batch
from crm.activity.readers import readers
from crm.activity.tests.test_dispatch import see

readers.add("seen", see)
for _line in sys.stdin:
    if pid := os.fork():
        print(pid, flush=True)
        os.waitpid(pid, 0)
        continue
    while not dispatch_batch(5):
        pass
    print("taken", flush=True)
    while True:
        dispatch_batch(5)
"""
