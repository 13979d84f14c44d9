"""`kill -9` at any moment: nothing looks finished that is not, what was there is untouched, and the same command run again succeeds."""

import os
import signal
import sys
from pathlib import Path

import pytest
from django.db import connection

from crm.backups import checking, taking
from crm.backups.entries import FULL, INCREMENTAL, entries
from crm.backups.places import PART, Bucket
from crm.backups.tests.killed import command, killed
from crm.ops.swapping import NOTE, swap, take_back


@pytest.fixture
def known(server, home):
    """The environment of commands that work on the shared server and this folder."""
    # Nobody else is connected, so that a backup need not wait for what others wrote.
    connection.close()
    return server.environment | {"KEMAN_DATA_DIR": str(home), "KEMAN_BACKUP_KEY": str(home / "key"), "KEMAN_SCRATCH_DIR": str(home / "scratch")}


@pytest.mark.parametrize(("kind", "moment"), [(FULL, "copying"), (INCREMENTAL, "copying"), (FULL, "sealing"), (INCREMENTAL, "delivering")])
def test_a_backup_that_was_killed_looks_unfinished_and_the_next_run_is_whole(known, chain, home, place, kind, moment):
    before = {entry.code for entry in chain}
    signs = {
        "copying": lambda: any(home.glob("backups/.draft-*/base/base.tar.gz")),
        "sealing": lambda: any(home.glob("backups/.draft-*/*.age")),
        "delivering": lambda: any(path.parent.name not in before for path in home.glob("backups/2*/*")),
    }
    killed(["backup", kind], known, signs[moment])
    found = entries(place)
    assert before <= {entry.code for entry in found}
    assert [problem for entry in found for problem in checking.check(place, found, entry)] == []
    if moment != "delivering":
        assert len(found) == len(before)
    entry, _note = taking.take(INCREMENTAL)
    assert entry.based_on == found[-1].code
    left = {path for path in home.glob("backups/**/*") if path.name.endswith(PART) or ".draft" in str(path)}
    assert left == set()
    assert {path.parent.name for path in home.glob("backups/2*/*")} == {one.code for one in found} | {entry.code}
    assert Path(place.folder / entry.code / "backup.json").is_file()


def test_an_upload_that_was_killed_is_no_backup_and_the_next_run_leaves_nothing_of_it(known, home, bucket):
    (home / "files").mkdir()
    (home / "files/large").write_bytes(os.urandom(40 * 2**20))
    there = Bucket(bucket.name, "house", bucket.endpoint)
    known |= {
        "KEMAN_BACKUP_PLACES": "s3",
        "KEMAN_BACKUP_S3_BUCKET": bucket.name,
        "KEMAN_BACKUP_S3_PREFIX": "house",
        "KEMAN_BACKUP_S3_ENDPOINT": bucket.endpoint,
    }
    known |= {name: value for name, value in os.environ.items() if name.startswith("AWS_")}
    killed(["backup", FULL], known, lambda: "files.tar" in str(uploads(bucket)))
    assert uploads(bucket), "the large file lies there half, and unseen"
    assert there.names(), "smaller ones lie there whole"
    assert entries(there) == []
    done = command(["backup", FULL], known)
    assert done.returncode == 0, done.stderr
    (entry,) = found = entries(there)
    assert uploads(bucket) == []
    assert set(there.names()) == {f"{entry.code}/{name}" for name in (*entry.parts, "backup.json")}
    assert checking.check(there, found, entry) == []


def test_a_restore_into_a_new_database_that_was_killed_leaves_none_of_that_name(known, server, chain, home):
    words = ["restore", "--to", chain[-1].code, "--into", "crm_back"]
    killed(words, known, lambda: "crm_back.restoring" in databases(server))
    assert "crm_back" not in databases(server)
    assert not (home / "restored").exists()
    done = command(words, known)
    assert done.returncode == 0, done.stderr
    assert databases(server) & {"crm_back", "crm_back.restoring"} == {"crm_back"}
    assert list(home.glob("scratch/*")) == []
    assert {path.name for path in home.glob("restored/crm_back/files/*")} == {"stays", "changes", "comes"}
    server.ask('DROP DATABASE "crm_back"')


def uploads(bucket):
    """What was begun to be uploaded and neither finished nor given up."""
    return bucket.client.list_multipart_uploads(Bucket=bucket.name).get("Uploads", [])


def databases(server):
    """The databases of the shared server."""
    return {name for (name,) in server.ask("SELECT datname FROM pg_database")}


@pytest.fixture
def folders(tmp_path):
    """A house with two old folders, and the new ones that are to take their place."""
    for name in ("postgres", "files"):
        for folder, words in ((name, "old"), (f"{name}.restored", "new")):
            (tmp_path / folder).mkdir()
            (tmp_path / folder / "words").write_text(words)
    return [(tmp_path / name, tmp_path / f"{name}.restored") for name in ("postgres", "files")]


def told(top):
    return {path.parent.name: path.read_text() for path in top.glob("*/words")}


def test_new_folders_take_the_place_of_old_ones_which_stay_beside_them(tmp_path, folders):
    swap(tmp_path, folders, "1")
    assert told(tmp_path) == {"postgres": "new", "files": "new", "postgres.before-1": "old", "files.before-1": "old"}
    assert not take_back(tmp_path)


@pytest.mark.parametrize("moves", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("moves_back", [0, 1, 2, 3, 4])
def test_killed_between_two_moves_everything_old_is_back_where_it_was(tmp_path, folders, moves, moves_back):
    """Also when the taking back is killed itself and begun again."""
    _die_before(moves, lambda: swap(tmp_path, folders, "1"))
    _die_before(moves_back, lambda: take_back(tmp_path))
    take_back(tmp_path)
    assert told(tmp_path) == {"postgres": "old", "files": "old", "postgres.restored": "new", "files.restored": "new"}
    assert not (tmp_path / NOTE).exists()


def test_where_nothing_was_nothing_is_afterwards(tmp_path, folders):
    (tmp_path / "files/words").unlink()
    (tmp_path / "files").rmdir()
    _die_before(4, lambda: swap(tmp_path, folders, "1"))
    assert told(tmp_path) == {"postgres": "new", "files": "new", "postgres.before-1": "old"}
    take_back(tmp_path)
    assert told(tmp_path) == {"postgres": "old", "postgres.restored": "new", "files.restored": "new"}


def test_what_was_not_moved_stays_also_when_somebody_took_the_new_one_away(tmp_path, folders):
    _die_before(2, lambda: swap(tmp_path, folders, "1"))
    (tmp_path / "files.restored/words").unlink()
    (tmp_path / "files.restored").rmdir()
    take_back(tmp_path)
    assert told(tmp_path) == {"postgres": "old", "files": "old", "postgres.restored": "new"}


def _die_before(number, act):
    """Do it in a process that kills itself when it is about to move or remove for this time, counted from nought."""
    child = os.fork()
    if child == 0:
        left = [number]

        def count(event, _arguments):
            if event in ("os.rename", "os.remove"):
                if left[0] == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
                left[0] -= 1

        sys.addaudithook(count)
        try:
            act()
        finally:
            os._exit(0)
    os.waitpid(child, 0)
