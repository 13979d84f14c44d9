"""Backups are sealed: written for a key that is kept apart, in the age format (age-encryption.org/v1), which other programs open too.

Who writes needs only the public half. The secret half lies in a file of its own (`KEMAN_BACKUP_KEY`); copied to a safe place it
opens the backups on any machine, also with `age --decrypt -i KEY FILE`.
"""

import os
from dataclasses import dataclass
from pathlib import Path

import pyrage
from django.conf import settings

from crm.backups.refusals import refuse

SUFFIX = ".age"


@dataclass(frozen=True)
class Key:
    """A key as it is named: `public` may be known to everybody."""

    public: str
    path: Path

    def seal(self, path: Path, sealed: Path) -> None:
        """Write the sealed form of a file; only the secret half opens it again."""
        with path.open("rb") as plain, sealed.open("wb") as out:
            pyrage.encrypt_io(plain, out, [pyrage.x25519.Recipient.from_str(self.public)])

    def open(self, sealed: Path, path: Path, *, name: str, written_for: str) -> None:
        """Write the plain form of a sealed file, or say that it is not for this key."""
        secret = pyrage.x25519.Identity.from_str(_secret(self.path))
        try:
            with sealed.open("rb") as source, path.open("wb") as plain:
                pyrage.decrypt_io(source, plain, [secret])
        except pyrage.DecryptError as error:
            raise refuse("wrong_key", name=name, part=sealed.name, key=self.public, sealed=written_for) from error


def present_key() -> Key:
    """The key that opens; refused where it is not there, because a new one opens nothing."""
    path = Path(settings.BACKUP_KEY)
    return Key(str(pyrage.x25519.Identity.from_str(_secret(path)).to_public()), path)


def key() -> Key:
    """The key of this house, made the first time it is asked for."""
    path = Path(settings.BACKUP_KEY)
    if not path.exists():
        _make(path)
    return present_key()


def _make(path):
    """Write a new key that only its owner can read; whoever is first writes it."""
    made = pyrage.x25519.Identity.generate()
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as out:
        out.write(f"# Opens the backups of Keman. Keep a copy away from this machine.\n# public key: {made.to_public()}\n{made}\n")
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink()


def _secret(path):
    if not path.is_file():
        raise refuse("no_key", path=path)
    for line in path.read_text().splitlines():
        if line.startswith("AGE-SECRET-KEY-1"):
            return line.strip()
    raise refuse("bad_key", path=path)
