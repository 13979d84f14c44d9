"""Backups of a real server: what a run leaves behind, and what it does not."""

import pytest
from django.db import connection

from crm.backups import checking, sealing, services, taking, tools
from crm.backups.entries import FULL, INCREMENTAL, LOGICAL, entries
from crm.backups.models import Backup
from crm.backups.refusals import Damaged
from crm.testing.disks import small_disk


def test_a_chain_holds_what_it_says(chain, place):
    full, increment = chain
    assert (full.kind, increment.kind, increment.based_on) == (FULL, INCREMENTAL, full.code)
    least, most = full.rows["accounts_team"]
    assert least == most >= 40
    assert increment.rows["accounts_team"] == [least + 20, least + 20]
    assert (full.files, increment.files) == (3, 3)
    assert len(full.samples) >= 20
    assert increment.size < full.size / 2
    assert checking.check(place, chain, increment) == []


def test_an_increment_without_anything_to_build_on_is_a_full_one_and_says_so(server, home):
    entry, note = taking.take(INCREMENTAL)
    assert entry.kind == FULL
    assert entry.code.endswith("-full")
    assert note


def test_a_server_that_may_not_be_copied_is_dumped_and_says_so(server, home, place):
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE limited_keeper; GRANT limited_keeper TO CURRENT_USER; SET ROLE limited_keeper")
        try:
            assert not tools.server().copies
            cursor.execute("RESET ROLE; GRANT SELECT ON ALL TABLES IN SCHEMA public TO limited_keeper; SET ROLE limited_keeper")
            entry, note = taking.take(INCREMENTAL)
        finally:
            cursor.execute("RESET ROLE; DROP OWNED BY limited_keeper; DROP ROLE limited_keeper")
    assert (entry.kind, sorted(entry.parts)) == (LOGICAL, ["database.dump.age", "files.json.gz", "files.tar.gz.age"])
    assert note
    assert checking.check(place, [entry], entry) == []


def test_nothing_of_a_customer_lies_there_in_plain(chain, home):
    plain = {path.name for path in (home / "backups").rglob("*") if path.is_file() and path.suffix != sealing.SUFFIX}
    assert plain <= {"backup.json", "backup_manifest", "files.json.gz", ".lock"}
    for path in (home / "backups").rglob("*.age"):
        assert path.read_bytes().startswith(b"age-encryption.org/v1")
    assert (home / "key").stat().st_mode & 0o777 == 0o600


def test_two_at_the_same_time_are_one_and_a_refusal(server, home):
    with taking.alone(), pytest.raises(Damaged) as refused, taking.alone():
        pass
    assert refused.value.code == "busy"


def test_one_that_finds_another_at_work_is_refused_and_counts_as_no_failure(server, home):
    by, before = services.system(), Backup.objects.count()
    with taking.alone(), pytest.raises(Damaged) as refused:
        services.take(FULL, by=by)
    assert refused.value.code == "busy"
    assert Backup.objects.count() == before


@pytest.fixture
def small(home, settings):
    """Backups go to a disk of their own with hardly any room."""
    with small_disk("3m") as folder:
        settings.BACKUP_FOLDER = folder / "backups"
        yield folder


def test_a_full_disk_is_named_and_nothing_half_written_stays(server, chain, place, small):
    with pytest.raises(Damaged) as refused:
        taking.take(FULL)
    assert refused.value.code == "no_space"
    assert str(small) in str(refused.value)
    assert [path for path in small.rglob("*") if path.is_file() and path.name != ".lock"] == []
    assert entries(place) == chain
    assert checking.check(place, chain, chain[-1]) == []
