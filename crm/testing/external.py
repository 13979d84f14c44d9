"""A PostgreSQL and a Redis as others run them: on TCP ports, with passwords, owned by nobody of ours."""

import os
import shutil
import socket
import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg2

from crm.ops.programs import postgres_programs, valkey_program
from crm.ops.service_user import own, service_user

PASSWORD = "external-secret"
DEBIAN_POSTGRES = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
DEBIAN_REDIS = shutil.which("redis-server")


@dataclass(frozen=True)
class Programs:
    """Which programs to run: a folder with those of PostgreSQL, and a Redis or Valkey."""

    postgres: Path
    redis: Path


def at_hand():
    """The programs of the distribution where they are installed; our own, started as external ones, where they are not."""
    if DEBIAN_POSTGRES and DEBIAN_REDIS:
        return Programs(DEBIAN_POSTGRES[-1], Path(DEBIAN_REDIS))
    user = service_user()
    return Programs(postgres_programs(user), valkey_program(user))


@contextmanager
def servers(programs, folder):
    """Both servers, empty; gives DATABASE_URL and REDIS_URL. The database belongs to a plain role, as on a managed server."""
    user = service_user()
    own(user, folder)
    ports = free_port(), free_port()
    running = []
    try:
        running.append(_postgres(programs.postgres, folder, ports[0], user))
        running.append(_redis(programs.redis, folder, ports[1], user))
        _create_database(ports[0])
        yield {
            "DATABASE_URL": f"postgres://keman:{PASSWORD}@127.0.0.1:{ports[0]}/keman",
            "REDIS_URL": f"redis://:{PASSWORD}@127.0.0.1:{ports[1]}/0",
        }
    finally:
        for process in reversed(running):
            process.terminate()
            process.wait(timeout=30)


def free_port():
    """A TCP port of loopback that nobody uses at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _postgres(programs, folder, port, user):
    secret = folder / "password"
    secret.write_text(PASSWORD)
    secret.chmod(0o644)
    data = folder / "postgres"
    initdb = [programs / "initdb", "-D", data, "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "--auth=scram-sha-256", f"--pwfile={secret}", "--no-sync"]
    subprocess.run(initdb, check=True, capture_output=True, **_as(user))
    words = [programs / "postgres", "-D", data, "-p", str(port), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "fsync=off"]
    return _started(words, folder / "postgres.log", port, user)


def _redis(program, folder, port, user):
    words = [program, "--port", str(port), "--bind", "127.0.0.1", "--requirepass", PASSWORD, "--dir", folder, "--save", "", "--appendonly", "no"]
    return _started(words, folder / "redis.log", port, user)


def _started(words, log, port, user):
    with log.open("wb") as out:
        process = subprocess.Popen(list(map(str, words)), stdout=out, stderr=out, **_as(user))
    end = time.monotonic() + 30
    while time.monotonic() < end and process.poll() is None:
        with socket.socket() as line:
            if line.connect_ex(("127.0.0.1", port)) == 0:
                return process
        time.sleep(0.05)
    raise RuntimeError(log.read_text())


def _create_database(port):
    end = time.monotonic() + 30
    while True:
        try:
            line = psycopg2.connect(host="127.0.0.1", port=port, user="postgres", password=PASSWORD, dbname="postgres")
            break
        except psycopg2.OperationalError:  # it listens a moment before it answers
            if time.monotonic() > end:
                raise
            time.sleep(0.05)
    line.autocommit = True
    with line.cursor() as cursor:
        cursor.execute(f"CREATE ROLE keman LOGIN PASSWORD '{PASSWORD}'")
        cursor.execute("CREATE DATABASE keman OWNER keman TEMPLATE template0")
    line.close()


def _as(user):
    if user is None:
        return {}
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": [], "cwd": "/", "env": {"PATH": os.defpath, "LC_ALL": "C.UTF-8"}}
