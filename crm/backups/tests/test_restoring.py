"""The way back, on real servers: into a new database, to a moment, in place of the house."""

import json
from datetime import UTC, datetime
from pathlib import Path

import psycopg2
import pytest
from django.db import connection

from crm.backups import restoring, returning
from crm.backups.refusals import Damaged
from crm.backups.tests.killed import killed
from crm.backups.witness import tables_of
from crm.ops.embedded import Services


def sums(line):
    """One hash over every row of each table as text."""
    with line.cursor() as cursor:
        cursor.execute("SET TimeZone = 'UTC'")
        found = {}
        for name in tables_of(cursor):
            cursor.execute(f"SELECT md5(coalesce(string_agg(kept::text, E'\\n' ORDER BY kept::text), '')) FROM public.\"{name}\" AS kept")
            found[name] = cursor.fetchone()[0]
        return found


def test_a_new_database_holds_what_the_backup_held_and_the_files_lie_beside(server, chain, place, home):
    known = connection.settings_dict
    name = f"{known['NAME']}_back"
    told = returning.into_new(place, chain, name, code=chain[-1].code)
    line = psycopg2.connect(host=known["HOST"], user=known["USER"], dbname=name)
    try:
        with line.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM accounts_team")
            assert [cursor.fetchone()[0]] * 2 == chain[-1].rows["accounts_team"]
    finally:
        line.close()
    files = Path(told["files"])
    assert {path.name: path.read_text() for path in files.iterdir()} == {"stays": "stays at first", "changes": "another content", "comes": "new"}
    with pytest.raises(Damaged) as refused:
        returning.into_new(place, chain, name, code=chain[-1].code)
    assert refused.value.code == "exists"
    returning.forget(name)
    assert not files.exists()
    assert server.ask(f"SELECT count(*) FROM pg_database WHERE datname = '{name}'") == [(0,)]


@pytest.mark.parametrize(
    ("name", "code"), [("crm", "not_restored"), ("nowhere", "not_restored"), ("../backups", "bad_name"), (".", "bad_name"), ("..", "bad_name")]
)
def test_only_what_was_brought_back_beside_the_house_is_removed(server, chain, home, name, code):
    with pytest.raises(Damaged) as refused:
        returning.forget(name)
    assert refused.value.code == code
    assert (home / "backups").is_dir()
    assert server.ask("SELECT count(*) FROM pg_database WHERE datname = 'crm'") == [(1,)]


def test_the_full_one_alone_brings_back_its_own_moment(chain, place, home):
    with restoring.revived(place, chain, chain[0]) as alive, alive.connect() as line, line.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM accounts_team")
        assert [cursor.fetchone()[0]] * 2 == chain[0].rows["accounts_team"]
        assert {path.name for path in alive.files.iterdir()} == {"stays", "goes", "changes"}


def test_a_moment_before_the_first_backup_is_refused_with_when_that_was(chain):
    with pytest.raises(Damaged) as refused:
        restoring.pick(chain, moment=datetime(2020, 1, 1, tzinfo=UTC))
    assert (refused.value.code, refused.value.facts["first"]) == ("too_early", chain[0].ended_at)


def test_a_moment_that_has_not_come_yet_is_refused(chain):
    with pytest.raises(Damaged) as refused:
        restoring.pick(chain, moment=datetime(2999, 1, 1, tzinfo=UTC))
    assert refused.value.code == "future"


def test_a_moment_begins_with_the_newest_backup_that_had_ended_by_then(chain):
    assert restoring.pick(chain, moment=chain[0].ended) == chain[0]
    assert restoring.pick(chain, moment=chain[1].ended) == chain[1]


def test_an_hour_of_work_and_a_disaster_in_it(house):
    """Full, increment, work, a table dropped: the house comes back as it was a moment before, every row of every table and every file.

    The first attempt is killed when the new data folder is there already: what was there is untouched, and the same command succeeds.
    """
    files = house.folder / "files"
    files.mkdir()
    (files / "offer").write_text("1,000")
    assert house.command("backup", "full")[0] == 0
    house.ask("INSERT INTO accounts_team (name) SELECT 'day ' || n FROM generate_series(1, 50) n")
    (files / "contract").write_text("signed")
    assert house.command("backup", "incremental")[0] == 0
    house.ask("INSERT INTO accounts_team (name) SELECT 'evening ' || n FROM generate_series(1, 30) n")
    line = house.line()
    before = sums(line)
    line.close()
    moment = house.ask("SELECT clock_timestamp()::text")[0][0]
    house.ask("DROP TABLE activity_about CASCADE; DELETE FROM accounts_team")
    code, said = house.command("restore", "--to", moment, "--json")
    assert (code, json.loads(said)["error"]["code"]) == (1, "running")
    assert house.command("restore", "--to", moment, "--into", "beside")[0] == 0, "the running house brings the moment back beside itself"
    beside = psycopg2.connect(**house.address | {"dbname": "beside"})
    assert sums(beside) == before
    beside.close()
    assert house.command("restore", "--forget", "beside")[0] == 0
    house.services.stop()
    lived_in = house.folder / "services/postgres"
    killed(["restore", "--to", moment], house.environment, (house.folder / "services/postgres.restored/PG_VERSION").exists)
    assert {path.name for path in files.iterdir()} == {"offer", "contract"}
    assert list(house.folder.glob("services/postgres.before-*")) == []
    assert (lived_in / "PG_VERSION").exists()
    code, said = house.command("restore", "--to", moment)
    assert code == 0, said
    assert list(house.folder.glob("**/*.restored*")) == []
    house.services = Services(house.folder)
    house.services.start()
    line = house.line()
    assert sums(line) == before
    line.close()
    assert house.ask("SELECT count(*) FROM accounts_team")[0][0] == 80
    assert {path.name: path.read_text() for path in files.iterdir()} == {"offer": "1,000", "contract": "signed"}
    assert len(list(house.folder.glob("services/postgres.before-*"))) == 1
    # Life goes on: the next increment cannot build on a life that was taken back, and says so.
    code, said = house.command("backup", "incremental", "--json")
    assert code == 0, said
    assert house.command("backup", "verify", "--all")[0] == 0
