"""LIMITS F6, under the log of PostgreSQL: somebody else fills the disk, the server ends, and comes back to be read by what was set aside."""

import psycopg2
import pytest

from crm.ops.embedded import FAST_AND_LOOSE, Services
from crm.ops.reserve import SIZE, Reserve
from crm.ops.terminal import Trouble
from crm.testing.disks import small_disk

MORE_LOG = "SELECT pg_logical_emit_message(false, 'test', repeat('x', 2000000)) FROM generate_series(1, 50)"


@pytest.fixture
def server():
    """A server of its own whose whole folder lies on a small disk."""
    with small_disk("320m") as folder:
        services = Services(folder / "var", options=FAST_AND_LOOSE)
        services.postgres.initialise(sync=False)
        services.postgres.start()
        services.postgres.create_database()
        yield services.postgres
        services.stop()


def ask(server, statement):
    with psycopg2.connect(host=str(server.sockets), user="postgres", dbname="crm") as line, line.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else None


def fill(file):
    """Write until nothing more fits."""
    with file.open("wb", buffering=0) as out:
        try:
            while True:
                out.write(bytes(2**16))
        except OSError:
            return


def test_a_server_that_a_full_disk_has_ended_is_read_again_and_the_room_is_laid_by_anew(server):
    keep = Reserve(server, ample=0)
    keep()
    assert keep.file.stat().st_size == SIZE
    ask(server, "CREATE TABLE kept AS SELECT 42 AS n")
    other = server.folder.with_name("other")
    fill(other)
    with pytest.raises(psycopg2.Error, match="closed"):
        ask(server, MORE_LOG)
    server.program.process.wait(60)
    with pytest.raises(Trouble, match=r"磁盘已满|disk is full"):
        server.start()
    keep()
    assert not keep.file.exists()
    server.start()
    assert ask(server, "SELECT n FROM kept") == [(42,)]
    keep()
    assert not keep.file.exists(), "there is no room for it yet"
    other.unlink()
    keep()
    assert keep.file.stat().st_size == SIZE
