"""Where backups lie: a folder of this machine, a bucket that speaks S3, or both.

A place holds files under names such as `20261122-041000-full/base.tar.gz.age`. A file is there wholly or not at all.
"""

import errno
import os
import shutil
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path

import boto3
from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from crm.backups.refusals import refuse

PART = ".part"


class Local:
    """A folder of this machine: quick, and lost with the machine."""

    name = "local"
    label = _("this machine")

    def __init__(self, folder):
        self.folder = Path(folder)

    def __str__(self):
        return str(self.folder)

    def names(self, folder: str = "") -> list[str]:
        """The names of all finished files, or of those in one folder."""
        top = self.folder / folder
        # What begins with a dot is not finished: drafts lie here too.
        heads = [path for path in top.iterdir() if not path.name.startswith(".")] if top.is_dir() else []
        found = (path for head in heads for path in (head, *head.rglob("*")) if path.is_file() and not path.name.endswith(PART))
        return sorted(str(path.relative_to(self.folder)) for path in found)

    def put(self, path: Path, name: str) -> None:
        """Keep a copy of a file under this name; without room nothing is left of it."""
        target = self.folder / name
        draft = target.with_name(target.name + PART)
        try:
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with path.open("rb") as source, draft.open("wb") as out:
                shutil.copyfileobj(source, out, 2**20)
                out.flush()
                os.fsync(out.fileno())
            draft.replace(target)
        except OSError as error:
            with suppress(OSError):
                draft.unlink()
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise refuse("no_space", folder=self.folder) from error
            raise refuse("not_here", place=self, words=error.strerror) from error

    def get(self, name: str, path: Path) -> None:
        """Write the file of this name to a path."""
        shutil.copyfile(self.folder / name, path)

    def read(self, name: str) -> bytes | None:
        """A small file, None where there is none."""
        with suppress(FileNotFoundError):
            return (self.folder / name).read_bytes()
        return None

    def size(self, name: str) -> int | None:
        """Bytes of a file, None where there is none."""
        with suppress(FileNotFoundError):
            return (self.folder / name).stat().st_size
        return None

    def remove(self, name: str) -> None:
        """Take a file away, and its folder with the last one."""
        (self.folder / name).unlink(missing_ok=True)
        with suppress(OSError):
            (self.folder / name).parent.rmdir()

    def tidy(self) -> None:
        """Take away what an interrupted run left."""
        for draft in self.folder.rglob("*" + PART):
            draft.unlink(missing_ok=True)


class Bucket:
    """A bucket that speaks S3: survives the machine, needs the network."""

    name = "s3"
    label = _("bucket")

    def __init__(self, bucket, prefix, endpoint):
        self.bucket, self.prefix, self.endpoint = bucket, prefix.strip("/") + "/" if prefix.strip("/") else "", endpoint

    def __str__(self):
        return f"s3://{self.bucket}/{self.prefix}"

    @cached_property
    def _client(self):
        # Credentials come from where every AWS tool looks for them: environment, file, role of the machine.
        return boto3.client("s3", endpoint_url=self.endpoint or None, config=Config(connect_timeout=10, read_timeout=60, retries={"max_attempts": 4}))

    def names(self, folder: str = "") -> list[str]:
        with self._answering():
            pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=self.prefix + (f"{folder}/" if folder else ""))
            return sorted(found["Key"].removeprefix(self.prefix) for page in pages for found in page.get("Contents", ()))

    def put(self, path, name):
        # A large file goes up in parts and appears when the last one has arrived.
        with self._answering():
            self._client.upload_file(str(path), self.bucket, self.prefix + name)

    def get(self, name, path):
        with self._answering():
            self._client.download_file(self.bucket, self.prefix + name, str(path))

    def read(self, name):
        with self._answering():
            try:
                return self._client.get_object(Bucket=self.bucket, Key=self.prefix + name)["Body"].read()
            except self._client.exceptions.NoSuchKey:
                return None

    def size(self, name):
        with self._answering():
            try:
                return self._client.head_object(Bucket=self.bucket, Key=self.prefix + name)["ContentLength"]
            except ClientError as error:
                if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
                    return None
                raise

    def remove(self, name):
        with self._answering():
            self._client.delete_object(Bucket=self.bucket, Key=self.prefix + name)

    def tidy(self):
        """Give up uploads that were never finished: they cost room and cannot be seen."""
        with self._answering():
            for upload in self._client.list_multipart_uploads(Bucket=self.bucket, Prefix=self.prefix).get("Uploads", ()):
                self._client.abort_multipart_upload(Bucket=self.bucket, Key=upload["Key"], UploadId=upload["UploadId"])

    @contextmanager
    def _answering(self):
        try:
            yield
        except (BotoCoreError, Boto3Error, ClientError) as error:
            raise refuse("not_here", place=self, words=str(error)[:300]) from error


def named(name: str | None = None) -> list:
    """The places of this house, or the one of this name; refused where there is none."""
    found = [place for place in places() if name in (None, "", place.name)]
    if not found:
        raise refuse("no_place", place=name)
    return found


def places() -> list:
    """The places of this house, the one on this machine first."""
    known = {
        "local": lambda: Local(settings.BACKUP_FOLDER),
        "s3": lambda: Bucket(settings.BACKUP_S3_BUCKET, settings.BACKUP_S3_PREFIX, settings.BACKUP_S3_ENDPOINT),
    }
    return [known[name]() for name in settings.BACKUP_PLACES]
