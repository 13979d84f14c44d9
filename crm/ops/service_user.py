"""PostgreSQL refuses to run as root: as root its files and processes belong to a system user, otherwise to whoever starts it."""

import os
import pwd
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path

NAME = "keman"
FALLBACKS = ("postgres", "nobody")  # where no user can be created


def service_user(data: Path | None = None) -> pwd.struct_passwd | None:
    """The user the services run as; none when we are not root and simply stay who we are.

    Data that already belongs to somebody keeps its owner, so that starting once with sudo does no harm.
    """
    if os.geteuid() != 0:
        return None
    if data is not None and data.exists() and (owner := data.stat().st_uid) != 0:
        return pwd.getpwuid(owner)
    with suppress(KeyError):
        return pwd.getpwnam(NAME)
    if tool := shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin"):
        options = ["--system", "--no-create-home", "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin"]
        subprocess.run([tool, *options, NAME], capture_output=True, check=False)  # noqa: S603
    for name in (NAME, *FALLBACKS):
        with suppress(KeyError):
            return pwd.getpwnam(name)
    raise LookupError(NAME)


def can_pass(user: pwd.struct_passwd | None, folder: Path) -> bool:
    """Whether a user can go into a folder, through every one above it."""
    folder = folder.resolve()
    return user is None or all(_allows(user, each, 0o1) for each in (folder, *folder.parents))


def can_read(user: pwd.struct_passwd | None, path: Path) -> bool:
    """Whether a user can get to a file or folder and read it."""
    path = path.resolve()
    return user is None or (_allows(user, path, 0o5 if path.is_dir() else 0o4) and can_pass(user, path.parent))


def own(user: pwd.struct_passwd | None, folder: Path) -> None:
    """Make a folder that only the services' user can open."""
    folder.mkdir(mode=0o700, exist_ok=True)
    if user is not None:
        os.chown(folder, user.pw_uid, user.pw_gid)
    folder.chmod(0o700)


def _allows(user: pwd.struct_passwd, path: Path, bits: int) -> bool:
    state = path.stat()
    if state.st_uid == user.pw_uid:
        bits <<= 6
    elif state.st_gid == user.pw_gid:
        bits <<= 3
    return state.st_mode & bits == bits
