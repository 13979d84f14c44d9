"""What the tests of every room start from: a small firm, a clock to set, people signed in, and real races."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar, copy_context
from datetime import UTC, datetime
from itertools import count
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import TransactionTestCase
from django.utils import timezone

from crm.accounts.models import Role, Team
from crm.core import clock
from crm.jobs import services as jobs
from crm.testing import seeds, template

PASSWORD = "correct-horse-battery"
SIGN_IN = "crm.accounts.backend.SignIn"
_serial = count(1)


@pytest.fixture
def make_user(db) -> Callable:
    """`make_user("lead", team=east)`: a person of a preset role; further fields by name. Every password is PASSWORD."""

    def make(role: str = "rep", team: Team | None = None, *, password: str = PASSWORD, **fields):
        number = next(_serial)
        user = get_user_model()(
            **{"username": f"{role}{number}", "name": f"{role} {number}", "email": f"{role}{number}@example.com"} | fields,
            role=Role.objects.get(code=role) if role else None,
            team=team,
        )
        user.set_password(password)
        user.save()
        return user

    return make


@pytest.fixture
def make_team(db) -> Callable:
    """`make_team("East", part_of=company)`."""

    def make(name: str = "", part_of: Team | None = None) -> Team:
        return Team.objects.create(name=name or f"Team {next(_serial)}", parent=part_of)

    return make


@pytest.fixture
def people(make_user, make_team) -> SimpleNamespace:
    """A small firm: the company, in it East and South, in East two groups; one person for each role that counts.

    rep_a and rep_b share a team, rep_c is in the next one; lead_east leads both, lead_south neither.
    """
    company = make_team("客满科技")
    east, south, office = make_team("华东大区", company), make_team("华南大区", company), make_team("职能部门", company)
    east_1, east_2 = make_team("华东一组", east), make_team("华东二组", east)
    outside = make_team("合作伙伴")
    return SimpleNamespace(
        company=company, east=east, south=south, office=office, east_1=east_1, east_2=east_2, outside=outside,
        rep_a=make_user("rep", east_1, username="rep_a", name="林小雨"),
        rep_b=make_user("rep", east_1, username="rep_b", name="周明"),
        rep_c=make_user("rep", east_2, username="rep_c", name="何佳"),
        telesales=make_user("telesales", east_1, username="telesales", name="唐糖"),
        lead_east=make_user("lead", east, username="lead_east", name="陈立"),
        lead_south=make_user("lead", south, username="lead_south", name="黄海"),
        manager=make_user("manager", company, username="manager", name="王总"),
        marketing=make_user("marketing", office, username="marketing", name="苏青"),
        service=make_user("service", office, username="service", name="马丽"),
        finance=make_user("finance", office, username="finance", name="钱进"),
        partner=make_user("partner", outside, username="partner", name="伙伴"),
        outsourced=make_user("outsourced", outside, username="outsourced", name="外包"),
        admin=make_user("administrator", company, username="admin", name="管理员", is_staff=True),
        system=get_user_model().objects.get(is_system=True),
    )  # fmt: skip


@pytest.fixture
def at() -> Callable[[str | datetime], datetime]:
    """`at("2026-11-20 09:00")`: from here to the end of the test it is that moment (company time); again to move on."""
    setting: ContextVar = clock._set_to
    before = setting.get()

    def move(moment: str | datetime) -> datetime:
        if isinstance(moment, str):
            moment = timezone.make_aware(datetime.fromisoformat(moment), timezone.get_default_timezone())
        setting.set(moment.astimezone(UTC))
        return moment

    yield move
    setting.set(before)


@pytest.fixture
def signed_in(client) -> Callable:
    """`signed_in(user)` gives the client of the test with this person signed in; `signed_in(user, other_client)` another."""

    def sign_in(user, browser=None):
        browser = browser or client
        browser.force_login(user, backend=SIGN_IN)
        return browser

    return sign_in


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """The test database is a copy of the template where the run has made one; each process copies it for itself."""
    settings.DATABASES["default"]["TEST"]["TEMPLATE"] = template.wait()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The test database, with a copy of what the migrations put into it."""
    with django_db_blocker.unblock():
        seeds.keep()
    # Django would empty every table after a test with real commits, and leave the next one without roles and calendars.
    TransactionTestCase._fixture_teardown = lambda case: seeds.bring_back()


@pytest.fixture
def committed(transactional_db):
    """Real commits, for threads and processes; what migrations made is there in every test."""


@pytest.fixture
def run_together(committed) -> Callable:
    """`run_together(claim, 50)` calls claim(0) … claim(49) at once, each on a connection of its own.

    Gives back what each call returned or raised, in order. The threads see the clock of the test.
    """

    def run(call: Callable[[int], object], times: int) -> list:
        barrier = threading.Barrier(times)

        def one(number: int):
            try:
                barrier.wait(30)
                return call(number)
            except Exception as refusal:
                return refusal
            finally:
                connection.close()

        with ThreadPoolExecutor(times) as threads:
            return [waiting.result() for waiting in [threads.submit(copy_context().run, one, number) for number in range(times)]]

    return run


@pytest.fixture
def run_jobs() -> Callable[[], int]:
    """`run_jobs()` does every job that waits, in this process; the number of jobs done."""
    return jobs.work_all
