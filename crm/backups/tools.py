"""PostgreSQL's own programs: found, called, and their failures as one sentence."""

import os
import signal
import subprocess
from dataclasses import dataclass

from django.conf import settings
from django.db import connection

from crm.backups.refusals import refuse
from crm.ops.processes import uninterrupted
from crm.ops.programs import postgres_programs

NO_SPACE = ("No space left on device", "Disk quota exceeded")
INCREMENTAL_SINCE = 17
# A tool ends with us, however we end, and so does the helper that pg_basebackup has: left alone they would hold the server's attention.
TOGETHER = 'trap "trap - TERM; kill -TERM 0" TERM; "$@" & wait $!'
# What the settings say of the way to the server, for the tools too.
SAFETY = ("sslmode", "sslrootcert", "sslcert", "sslkey")


@dataclass(frozen=True)
class Server:
    """The database that is backed up: how tools reach it, its version, and whether it lets us copy it whole."""

    host: str
    port: str
    user: str
    password: str
    database: str
    version: int
    copies: bool
    options: dict

    @property
    def words(self) -> list[str]:
        """The options by which every tool finds it."""
        return ["-h", self.host, *(["-p", self.port] if self.port else []), "-U", self.user, "-w"]

    @property
    def environment(self) -> dict:
        """The password goes by the environment: an option would be seen by everybody on the machine."""
        given = {"PGPASSWORD": self.password} if self.password else {}
        return given | {f"PG{name.upper()}": str(value) for name, value in self.options.items() if name in SAFETY}


def server() -> Server:
    """The database of the settings. A copy of the whole needs PostgreSQL 17, the right of replication, and `summarize_wal`."""
    known = settings.DATABASES["default"] | connection.settings_dict
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version_num')::int / 10000, current_setting('wal_level') <> 'minimal',"
            " (SELECT rolsuper OR rolreplication FROM pg_roles WHERE rolname = current_user), current_setting('summarize_wal', true) = 'on'"
        )
        version, is_logged, may_copy, is_summarized = cursor.fetchone()
    copies = version >= INCREMENTAL_SINCE and is_logged and bool(may_copy) and bool(is_summarized)
    return Server(known["HOST"] or "", str(known["PORT"] or ""), known["USER"], known["PASSWORD"] or "", known["NAME"], version, copies, known["OPTIONS"])


def run(tool: str, *words, environment=None, folder=None) -> str:
    """Run one of PostgreSQL's programs to its end; what it said, or a refusal with its last words."""
    argv = [str(postgres_programs() / tool), *map(str, words)]
    env = {**os.environ, "LC_ALL": "C.UTF-8", **(environment or {})}
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with uninterrupted() as prepare:
        process = subprocess.Popen(  # noqa: S603
            ["/bin/sh", "-c", TOGETHER, "sh", *argv], text=True, errors="replace", env=env, start_new_session=True,
            preexec_fn=lambda: prepare(signal.SIGTERM), **pipes,  # noqa: PLW1509 - it only asks to be told
        )  # fmt: skip
    with process:
        try:
            said, complained = process.communicate()
        except BaseException:
            os.killpg(process.pid, signal.SIGTERM)
            raise
    if process.returncode:
        words = (complained or said).strip()
        if any(sign in words for sign in NO_SPACE):
            raise refuse("no_space", folder=folder or "")
        if "server version mismatch" in words:
            raise refuse("older_tools", server=server().version, tools=words.splitlines()[-1][-80:])
        raise refuse("tool", tool=tool, words=words[-500:])
    return said
