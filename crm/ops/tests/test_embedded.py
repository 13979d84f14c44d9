"""The PostgreSQL and the Valkey of a data folder, with real servers."""

import os
import re
import signal
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg2
import pytest
import redis

from crm.ops.embedded import Services, check_folder, secret_key, urls, why
from crm.ops.processes import read_pid
from crm.ops.terminal import Trouble


def ask(data_dir: Path, statement: str) -> list[tuple]:
    parts = urlsplit(urls(data_dir)[0])
    with psycopg2.connect(host=unquote(parts.hostname), user=parts.username, dbname=parts.path[1:]) as line, line.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def broker(data_dir: Path) -> redis.Redis:
    return redis.Redis.from_url(urls(data_dir)[1].replace("redis+socket", "unix"))


def test_both_servers_answer_at_the_addresses_told_before_they_were_started(data_dir, services):
    services.start()
    assert ask(data_dir, "SELECT current_setting('summarize_wal'), current_setting('data_checksums')") == [("on", "on")]
    assert broker(data_dir).config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}


def test_text_is_ordered_by_code_point_on_every_machine(data_dir, services):
    services.start()
    assert ask(data_dir, "SELECT string_agg(t, '' ORDER BY t) FROM unnest(ARRAY['b','A','a','客','满']) t") == [("Aab客满",)]


def test_nothing_is_left_after_a_stop_but_the_data(data_dir, services, alive):
    services.start()
    pids = [services.postgres.program.process.pid, services.valkey.program.process.pid]
    services.stop()
    assert not any(alive(pid) for pid in pids)
    assert not services.sockets.exists()
    again = Services(data_dir, durable=False)
    again.start()
    assert ask(data_dir, "SELECT count(*) FROM pg_database WHERE datname = 'crm'") == [(1,)]
    again.stop()


def test_an_interrupted_first_start_is_begun_again(data_dir, services):
    half = services.home / "postgres.new"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    services.start()
    assert ask(data_dir, "SELECT 1") == [(1,)]


def test_a_stale_pid_file_whose_number_belongs_to_another_process_is_no_obstacle(data_dir, services):
    services.postgres.initialise(sync=False)
    bystander = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    pid_file = services.postgres.folder / "postmaster.pid"
    pid_file.write_text(f"{bystander.pid}\n{services.postgres.folder}\n")
    services.postgres.start()
    assert read_pid(pid_file) == services.postgres.program.process.pid
    assert bystander.poll() is None
    bystander.communicate(b"\n")


def test_a_server_that_outlived_its_supervisor_is_replaced_and_its_data_kept(data_dir, services, alive):
    services.start()
    orphan, services.postgres.program = services.postgres.program, None
    with psycopg2.connect(host=str(services.sockets), user="postgres", dbname="crm") as line, line.cursor() as cursor:
        cursor.execute("CREATE TABLE kept AS SELECT 42 AS n")
    line.close()
    heir = Services(data_dir, durable=False)
    heir.start()
    orphan.process.wait(60)
    assert ask(data_dir, "SELECT n FROM kept") == [(42,)]
    assert heir.valkey.program.process.pid != services.valkey.program.process.pid
    assert not alive(services.valkey.program.process.pid)
    heir.stop()


def test_a_killed_server_starts_again_at_once(data_dir, services):
    services.start()
    services.postgres.program.process.send_signal(signal.SIGKILL)
    services.postgres.program.process.wait()
    services.postgres.start()
    assert ask(data_dir, "SELECT 1") == [(1,)]


def test_data_of_another_major_version_is_refused_with_a_sentence(services):
    services.postgres.initialise(sync=False)
    (services.postgres.folder / "PG_VERSION").write_text("12\n")
    with pytest.raises(Trouble, match="PostgreSQL 12"):
        services.postgres.start()


def test_a_data_folder_below_a_closed_home_works_also_for_root(data_dir):
    closed = data_dir.parent / "home"
    closed.mkdir(mode=0o700)
    services = Services(closed / "var", durable=False)
    services.start()
    assert ask(closed / "var", "SELECT 1") == [(1,)]
    services.stop()
    assert Services(closed / "var", durable=False).home == services.home
    assert services.home == closed / "var/services" or os.geteuid() == 0
    subprocess.run(["rm", "-rf", str(services.home), str(services.sockets)], check=True)


def test_two_data_folders_never_share_an_address(tmp_path):
    assert not set(urls(tmp_path / "a")) & set(urls(tmp_path / "b"))


def test_a_socket_path_fits_whatever_the_depth_of_the_checkout():
    deep = Path("/home/somebody") / "/".join(["a-rather-long-folder-name"] * 12)
    assert len(urlsplit(urls(deep)[1]).path) < 100


def test_the_secret_key_is_made_once_and_only_its_owner_can_read_it(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(secret_key, [tmp_path / "var"] * 8))
    assert len(keys) == 1
    assert len(keys.pop()) >= 50
    assert stat.S_IMODE((tmp_path / "var/secret_key").stat().st_mode) == 0o600
    assert [file.name for file in (tmp_path / "var").iterdir()] == ["secret_key"]


def test_a_folder_that_cannot_be_written_gets_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(Trouble, match="KEMAN_DATA_DIR"):
        check_folder(tmp_path / "file" / "var")


def test_a_disk_with_too_little_room_gets_one_sentence(tmp_path):
    with pytest.raises(Trouble, match=r"free some space|腾出空间"):
        check_folder(tmp_path, space=2**62)


def test_a_full_disk_gets_one_sentence():
    with pytest.raises(OSError) as full, Path("/dev/full").open("wb", buffering=0) as disk:
        disk.write(b"x")
    assert re.search("disk is full|磁盘已满", str(why(full.value, Path("/data"))))
