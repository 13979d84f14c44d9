"""Backups on the page of operations, at one glance."""

import pytest
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from crm.backups.models import Backup, Drill
from crm.core import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def past(people, home, at):
    """A Wednesday with a full backup, two increments of which one failed, and a drill one step of which did not hold."""
    at("2026-11-18 09:00")
    now = clock.now()
    common = {"actor": people.system, "started_at": now, "ended_at": now, "places": ["local"]}
    Backup.objects.create(code="a-full", kind="full", state="done", size=4_000_000, **common)
    Backup.objects.create(code="b-incremental", kind="incremental", state="done", size=500_000, **common)
    Backup.objects.create(kind="incremental", state="failed", outcome={"code": "interrupted", "facts": {}}, **common)
    steps = [
        {"name": "keys", "ok": True, "seconds": 0.2, "code": "linked", "facts": {"number": 71}},
        {"name": "rows", "ok": False, "seconds": 0.4, "code": "differs", "facts": {"wrong": ["accounts_team: 3 (4–4)"], "number": 1}},
    ]
    Drill.objects.create(code="a-full", place="local", ok=False, steps=steps, actor=people.system, started_at=now, ended_at=now)
    return home


def shown(page):
    (part,) = [part for part in page.context["parts"] if part.name == "backups"]
    return part.context


def test_runs_drills_with_each_check_what_comes_next_and_the_places_stand_there(past, people, make_user, signed_in):
    page = signed_in(make_user("backup", language="en")).get("/operations/")
    found = shown(page)
    assert [(one["row"].state, one["share"]) for one in found["runs"]] == [("failed", None), ("done", 100), ("done", 100)]
    assert [str(timezone.localtime(at))[:16] for _title, at, _plan in found["next"]] == ["2026-11-19 04:10", "2026-11-22 04:10", "2026-11-22 06:10"]
    (place,) = found["places"]
    assert (place["number"], place["size"], place["path"]) == (2, 4_500_000, str(past / "backups"))
    assert place["free"] > 0
    text = page.content.decode()
    for words in ("Its process was killed.", "71 foreign keys", "accounts_team: 3 (4–4)", "did not come back"):
        assert words in text


def test_who_may_look_at_operations_alone_sees_nothing_of_the_backups(past, people, make_user, signed_in):
    looker = make_user("manager", language="en")
    looker.role.rights["operations.view"] = "all"
    looker.role.save()
    page = signed_in(looker).get("/operations/")
    assert shown(page) == {"may_see": False}
    assert "a-full" not in page.content.decode().split('id="backups"')[1].split("</section>")[0]


def test_prometheus_reads_when_the_newest_good_ones_ended_and_how_many_troubles_there_are(past, people, signed_in):
    families = text_string_to_metric_families(signed_in(people.admin).get("/metrics").content.decode())
    found = {sample.name: sample.value for family in families for sample in family.samples if sample.name.startswith(("keman_backup", "keman_drill"))}
    ended = clock.now().timestamp()
    # The failed run and the drill that did not hold are the troubles; no drill has held yet.
    assert found == {"keman_backup_last_good_timestamp_seconds": ended, "keman_backup_last_good_bytes": 500_000, "keman_backup_troubles": 2}
