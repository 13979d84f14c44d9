"""The PostgreSQL and the Valkey that come with the product: where they live, their addresses, starting and stopping both.

Plain standard library: settings, tests and tools ask it before Django is ready. `docs/` says how to use servers of one's own instead.
"""

import errno
import hashlib
import os
import secrets
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

from crm.ops import postgres, valkey
from crm.ops.postgres import Postgres
from crm.ops.service_user import can_pass, own, service_user
from crm.ops.terminal import Trouble, _
from crm.ops.valkey import Valkey

SHORT = Path("/tmp")  # noqa: S108 - a socket's path may have 107 bytes, too few for a checkout deep in a home folder
ELSEWHERE = Path("/var/lib/keman")  # for root, when the data folder lies where no other user can pass
SPOOL = "wal"  # where the server lays finished pieces of its log, until they are put away with the backups
PIECE_SECONDS = 900  # the longest time for which changes stay in an unfinished piece
FAST_AND_LOOSE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}  # for data nobody will miss
SPACE_NEEDED = 300 * 2**20  # bytes: a new cluster with its first log files


def socket_folder(data_dir: Path) -> Path:
    """The short folder of both sockets; two data folders never share one."""
    return SHORT / f"keman-{hashlib.sha256(str(Path(data_dir).resolve()).encode()).hexdigest()[:10]}"


def urls(data_dir: Path) -> tuple[str, str]:
    """The addresses of the database and of the broker of a data folder; starts nothing."""
    sockets = socket_folder(data_dir)
    return (
        f"postgres://{postgres.SUPERUSER}@{quote(str(sockets), safe='')}/{postgres.DATABASE}",
        f"redis+socket://{sockets / valkey.SOCKET}",
    )


def secret_key(data_dir: Path) -> str:
    """The key that signs sessions: made once, kept in the data folder, readable by its owner alone."""
    file = Path(data_dir) / "secret_key"
    try:
        with suppress(FileNotFoundError):
            return file.read_text().strip()
        make_folder(file.parent)
        handle, draft = tempfile.mkstemp(dir=file.parent, prefix=".secret_key")
        with os.fdopen(handle, "w") as out:
            out.write(secrets.token_urlsafe(50))
        with suppress(FileExistsError):  # another process was first: its key counts
            os.link(draft, file)
        Path(draft).unlink()
        return file.read_text().strip()
    except OSError as error:
        # Settings are read by every command; without a key none can go on, and a traceback would help nobody.
        raise SystemExit(str(why(error, file.parent))) from None


def why(error: OSError, folder: Path) -> Trouble:
    """The sentence for a folder that cannot be written."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Trouble(_("The disk is full: free some space where %(folder)s is, then start again.") % {"folder": folder})
    return Trouble(
        _("Nothing can be written to %(folder)s (%(reason)s): make it writable, or set KEMAN_DATA_DIR to a folder that is.")
        % {"folder": folder, "reason": error.strerror}
    )


def make_folder(folder: Path) -> None:
    """The data folder: others see nothing of it; the services' user may pass through to its own part."""
    folder.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)


def check_folder(folder: Path, *, space: int = SPACE_NEEDED) -> None:
    """Make the data folder and prove that it can be written and has room."""
    try:
        make_folder(folder)
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"\0" * 4096)
    except OSError as error:
        raise why(error, folder) from error
    free = shutil.disk_usage(folder).free
    if free < space:
        raise Trouble(
            _("Only %(free)d MB are free where %(folder)s is: free some space (%(needed)d MB are needed), then start again.")
            % {"free": free // 2**20, "needed": space // 2**20, "folder": folder}
        )


class Services:
    """Both servers of one data folder."""

    def __init__(self, data_dir: Path, *, durable: bool = True, options: Mapping[str, str] | None = None):
        self.data_dir = Path(data_dir).resolve()
        self.durable = durable
        self.sockets = socket_folder(self.data_dir)
        self.home, self.user = self._home()
        logs = self.data_dir / "log"
        logs.mkdir(exist_ok=True)
        self.options = {**(self._logged() if durable else FAST_AND_LOOSE), **(options or {})}
        self._own_sockets()

    @cached_property
    def postgres(self) -> Postgres:
        log = self.data_dir / "log/postgres.log"
        return Postgres(self.home / "postgres", self.sockets, log=log, user=self.user, options=self.options)

    @cached_property
    def valkey(self) -> Valkey:
        folder = self.home / "valkey"
        own(self.user, folder)
        return Valkey(folder, self.sockets, log=self.data_dir / "log/valkey.log", user=self.user, keep=self.durable)

    def start(self) -> None:
        """Both, from nothing; for tests and tools. The supervisor starts them one by one."""
        if self.postgres.is_new:
            self.postgres.initialise(sync=self.durable)
        self.postgres.start()
        self.postgres.create_database()
        self.valkey.start()

    def stop(self) -> None:
        """Both, without leaving a process or a socket."""
        self.valkey.stop()
        self.postgres.stop()
        shutil.rmtree(self.sockets, ignore_errors=True)

    def _logged(self):
        """Lay each finished piece of the log into the spool, wholly or not at all."""
        spool = self.home / SPOOL
        own(self.user, spool)
        command = f'test ! -f "{spool}/%f" && cp "%p" "{spool}/.%f" && mv "{spool}/.%f" "{spool}/%f"'
        return {"archive_mode": "on", "archive_command": command, "archive_timeout": str(PIECE_SECONDS)}

    def _home(self):
        """The folder of the servers' data, and the user they run as.

        As root, a checkout under a closed home folder cannot be reached by the services' user: the data then lives
        elsewhere, and a link in the data folder tells where.
        """
        link = self.data_dir / "services"
        user = service_user(link / "postgres")
        try:
            make_folder(self.data_dir)
            if user is not None and not link.exists() and not can_pass(user, self.data_dir):
                ELSEWHERE.mkdir(mode=0o755, parents=True, exist_ok=True)
                link.unlink(missing_ok=True)
                link.symlink_to(tempfile.mkdtemp(dir=ELSEWHERE, prefix="services-"))
            link.mkdir(exist_ok=True)
            home = link.resolve()
            own(user, home)
        except OSError as error:
            raise why(error, self.data_dir) from error
        return home, user

    def _own_sockets(self) -> None:
        try:
            own(self.user, self.sockets)
            state = self.sockets.lstat()
        except OSError as error:
            raise why(error, self.sockets) from error
        if self.sockets.is_symlink() or state.st_uid != (self.user.pw_uid if self.user else os.geteuid()):
            raise Trouble(_("%(folder)s belongs to somebody else: remove it, then start again.") % {"folder": self.sockets})
