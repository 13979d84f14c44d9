"""What the tests of every room start from: a small firm, a clock to set, people signed in, and real races."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar, copy_context
from copy import deepcopy
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


def _person(role: Role | None, team: Team | None, password: str, **fields):
    number, prefix = next(_serial), role.code if role else "None"
    made = get_user_model()(
        **{"username": f"{prefix}{number}", "name": f"{prefix} {number}", "email": f"{prefix}{number}@example.com"} | fields, role=role, team=team
    )
    made.set_password(password)
    return made


@pytest.fixture
def make_user(db) -> Callable:
    """`make_user("lead", team=east)`: a person of a preset role; further fields by name. Every password is PASSWORD."""

    def make(role: str = "rep", team: Team | None = None, *, password: str = PASSWORD, **fields):
        user = _person(Role.objects.get(code=role) if role else None, team, password, **fields)
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
def people(db) -> SimpleNamespace:
    """A small firm: the company, in it East and South, in East two groups; one person for each role that counts.

    rep_a and rep_b share a team, rep_c is in the next one; lead_east leads both, lead_south neither.
    """
    company, outside = Team.objects.bulk_create([Team(name="客满科技"), Team(name="合作伙伴")])
    east, south, office = Team.objects.bulk_create([Team(name=name, parent=company) for name in ("华东大区", "华南大区", "职能部门")])
    east_1, east_2 = Team.objects.bulk_create([Team(name=name, parent=east) for name in ("华东一组", "华东二组")])
    roles = {role.code: role for role in Role.objects.all()}
    # Nearly every test begins with them: few statements, and for everybody a role that no other test object shares.
    made = get_user_model().objects.bulk_create(
        _person(deepcopy(roles[role]), team, PASSWORD, username=username, name=name, is_staff=role == "administrator")
        for username, name, role, team in (
            ("rep_a", "林小雨", "rep", east_1),
            ("rep_b", "周明", "rep", east_1),
            ("rep_c", "何佳", "rep", east_2),
            ("telesales", "唐糖", "telesales", east_1),
            ("lead_east", "陈立", "lead", east),
            ("lead_south", "黄海", "lead", south),
            ("manager", "王总", "manager", company),
            ("marketing", "苏青", "marketing", office),
            ("service", "马丽", "service", office),
            ("finance", "钱进", "finance", office),
            ("partner", "伙伴", "partner", outside),
            ("outsourced", "外包", "outsourced", outside),
            ("admin", "管理员", "administrator", company),
        )
    )
    return SimpleNamespace(
        company=company, east=east, south=south, office=office, east_1=east_1, east_2=east_2, outside=outside,
        system=get_user_model().objects.get(is_system=True), **{person.username: person for person in made},
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
def nothing_ages(monkeypatch) -> None:
    """What is kept in memory for seconds does not grow old in this test, however long a busy machine takes: for counts of statements."""
    moment = clock.monotonic()
    monkeypatch.setattr(clock, "_monotonic", lambda: moment)


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
