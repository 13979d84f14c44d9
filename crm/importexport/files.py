"""Where uploaded spreadsheets lie: under a name that cannot be guessed, never served to a browser."""

import secrets
import shutil
from pathlib import Path

from django.conf import settings

from crm.importexport.refusals import MOST_BYTES, refused


def keep(source) -> str:
    """Keep an uploaded file, or one given by its path; the token it is found by again."""
    token = secrets.token_hex(16)
    target = path_of(token)
    target.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(source, Path):
        if source.stat().st_size > MOST_BYTES:
            raise refused("too_large")
        shutil.copyfile(source, target)
    else:
        if source.size > MOST_BYTES:
            raise refused("too_large")
        with target.open("wb") as file:
            for block in source.chunks():
                file.write(block)
    return token


def path_of(token: str) -> Path:
    """The file of this token."""
    return Path(settings.MEDIA_ROOT) / "imports" / token


def kept() -> list[tuple[str, float]]:
    """Every file that lies there: its token, and when it was kept (seconds, as files count them)."""
    folder = path_of("")
    return [(file.name, file.stat().st_mtime) for file in folder.iterdir() if file.is_file()] if folder.is_dir() else []


def drop(token: str) -> None:
    """Remove a file that is not needed any more."""
    path_of(token).unlink(missing_ok=True)
