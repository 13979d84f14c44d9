"""Where the content of files lies: under names that cannot be guessed, outside of everything that is served."""

import hashlib
import os
import secrets
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from crm.files.refusals import MOST_BYTES, refused


class Content(NamedTuple):
    """What was written: the token it is found by, its size in bytes, and its fingerprint."""

    token: str
    size: int
    sha256: str


@contextmanager
def written(upload):
    """Write an upload to the disk; it is removed again when what follows fails."""
    token = secrets.token_hex(16)
    target = path_of(token)
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        yield _copy(upload, target, token)
    except BaseException:
        drop(token)
        raise


def path_of(token: str) -> Path:
    """The file of this token; no folder holds more than a part of all."""
    return Path(settings.MEDIA_ROOT) / "kept" / token[:2] / token


def drop(token: str) -> None:
    """Remove the content for good."""
    path_of(token).unlink(missing_ok=True)


def _copy(upload, target, token):
    fingerprint, size = hashlib.sha256(), 0
    with target.open("xb") as file:
        for block in upload.chunks():
            size += len(block)
            if size > MOST_BYTES:
                raise refused("too_large")
            fingerprint.update(block)
            file.write(block)
        # The row that names it must not outlive a power cut that the content did not.
        file.flush()
        os.fsync(file.fileno())
    return Content(token, size, fingerprint.hexdigest())
