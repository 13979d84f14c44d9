"""The same code on servers of somebody else: two addresses, nothing of our own is started."""

import signal

import psycopg2

from crm.ops.tests.test_up import health, house, until
from crm.testing import external


def test_runs_on_servers_with_passwords_and_a_plain_role_by_two_addresses_alone(data_dir):
    data_dir.mkdir()
    with external.servers(external.at_hand(), data_dir.parent / "elsewhere") as addresses:
        port = external.free_port()
        process = house(data_dir, port, **addresses)
        try:
            # The worker's sign comes by the broker and is kept in the database: it proves both.
            until(lambda: process.poll() is not None or set(health(port)[1].values()) == {"ok"}, 240)
        finally:
            process.send_signal(signal.SIGINT)
            said, _none = process.communicate(timeout=120)
        assert process.returncode == 0, said
        assert not (data_dir / "services" / "postgres").exists()
        with psycopg2.connect(addresses["DATABASE_URL"]) as line, line.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM django_migrations")
            assert cursor.fetchone()[0] > 20
        line.close()
