"""Backups over the API: listed, started in the background, looked after; only by who keeps them."""

import pytest

from crm.accounts import services as accounts
from crm.backups.models import Backup, Drill
from crm.core import clock
from crm.jobs.models import Job

LIST, DRILLS, JOBS = "/api/v1/backups/", "/api/v1/drills/", "/api/v1/backup-jobs/"
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def rows(db, people):
    """A good backup with a good drill, and a run that failed."""
    now = clock.now()
    steps = [{"name": "keys", "ok": True, "seconds": 0.2, "code": "linked", "facts": {"number": 71}}]
    good = Backup.objects.create(code="a-full", kind="full", state="done", size=1000, actor=people.system, started_at=now, ended_at=now, places=["local"])
    outcome = {"code": "no_space", "facts": {"folder": "/there"}}
    Backup.objects.create(kind="incremental", state="failed", actor=people.system, started_at=now, ended_at=now, outcome=outcome)
    Drill.objects.create(code="a-full", place="local", ok=True, steps=steps, actor=people.system, started_at=now, ended_at=now)
    return good


@pytest.fixture
def keeper(people, make_user):
    return make_user("backup", people.office, username="keeper", language="en")


def test_runs_and_drills_are_listed_with_what_came_of_them(rows, keeper, signed_in):
    browser = signed_in(keeper)
    failed, good = browser.get(LIST, headers=ENGLISH).json()["results"]
    assert (good["code"], good["state"], good["size"], good["message"]) == ("a-full", "done", 1000, "")
    assert (failed["state"], failed["message"]) == ("failed", "There is no room left in /there: free some space there, or choose another place.")
    assert browser.get(f"{LIST}{rows.pk}/").json() == good
    (drill,) = browser.get(DRILLS, headers=ENGLISH).json()["results"]
    assert (drill["ok"], drill["steps"][0]["code"], drill["steps"][0]["words"]) == (True, "linked", "71 foreign keys")


@pytest.mark.parametrize(
    ("address", "body", "kind", "args"),
    [
        (LIST, {"kind": "full"}, "backups.take", {"kind": "full"}),
        (LIST, {"kind": "incremental"}, "backups.take", {"kind": "incremental"}),
        (DRILLS, {}, "backups.drill", {"code": ""}),
        (DRILLS, {"code": "a-full"}, "backups.drill", {"code": "a-full"}),
    ],
)
def test_each_is_started_in_the_background_and_its_state_can_be_asked(rows, keeper, signed_in, address, body, kind, args):
    browser = signed_in(keeper)
    answer = browser.post(address, body, content_type="application/json")
    assert (answer.status_code, answer.json()["state"]) == (202, "queued")
    job = Job.objects.get(pk=answer.json()["id"])
    assert (job.kind, job.args, job.actor) == (kind, args, keeper)
    Job.objects.update(state="done", result={"backup": "b-full"})
    told = browser.get(f"{JOBS}{job.pk}/").json()
    assert (told["state"], told["result"]) == ("done", {"backup": "b-full"})


@pytest.mark.parametrize("body", [{"kind": "logical"}, {}, {"kind": "full", "place": "/tmp"}])
def test_what_is_no_kind_of_backup_is_refused(rows, keeper, signed_in, body):
    assert signed_in(keeper).post(LIST, body, content_type="application/json").status_code == 422
    assert not Job.objects.exists()


def test_who_does_not_keep_the_backups_sees_and_starts_nothing(rows, people, signed_in):
    browser = signed_in(people.manager)
    job = Job.objects.create(kind="backups.take", actor=people.system)
    for address in (LIST, f"{LIST}{rows.pk}/", DRILLS, f"{JOBS}{job.pk}/"):
        assert browser.get(address).status_code == 403
    for address in (LIST, DRILLS):
        assert browser.post(address, {"kind": "full"} if address == LIST else {}, content_type="application/json").status_code == 403
    assert Job.objects.count() == 1


def test_jobs_of_other_kinds_are_not_looked_up_here(rows, keeper, people, signed_in):
    job = Job.objects.create(kind="companies.import", actor=people.system)
    assert signed_in(keeper).get(f"{JOBS}{job.pk}/").status_code == 404


@pytest.mark.parametrize(("scope", "reads", "starts"), [("house:read", 200, 403), ("house:write", 200, 202), ("companies:write", 403, 403)])
def test_a_token_does_what_its_scope_says(rows, keeper, people, client, scope, reads, starts):
    _token, secret = accounts.issue_token(keeper, name="pipeline", scopes=[scope], by=people.admin)
    headers = {"Authorization": f"Bearer {secret}"}
    assert client.get(LIST, headers=headers).status_code == reads
    assert client.post(LIST, {"kind": "full"}, content_type="application/json", headers=headers).status_code == starts
