"""The uploaded files as part of a backup: a list of all with their hashes, and an archive of those that the backup before had not."""

import gzip
import hashlib
import json
import shutil
import tarfile
from contextlib import suppress
from pathlib import Path

LIST, ARCHIVE = "files.json.gz", "files.tar.gz"
BLOCK = 2**20


def listing(folder: Path, before: dict) -> dict:
    """Every file under the folder with its size and hash; one that has not changed since `before` is not read again."""
    found = {}
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        with suppress(FileNotFoundError):  # taken away while we look
            if path.is_file() and not path.is_symlink():
                name, state = str(path.relative_to(folder)), path.stat()
                known = before.get(name)
                same = known and (known["size"], known["time"]) == (state.st_size, state.st_mtime_ns)
                found[name] = {"size": state.st_size, "time": state.st_mtime_ns, "sha256": known["sha256"] if same else sha256(path)}
    return found


def write(folder: Path, draft: Path, before: dict) -> dict:
    """Put list and archive of the files into the draft of a backup; the list."""
    found = listing(folder, before)
    with tarfile.open(draft / ARCHIVE, "w:gz", compresslevel=1) as archive:
        for name, known in list(found.items()):
            if before.get(name, {}).get("sha256") != known["sha256"]:
                try:
                    archive.add(folder / name, name, recursive=False)
                except FileNotFoundError:
                    del found[name]
    with gzip.open(draft / LIST, "wt", encoding="utf-8") as out:
        json.dump(found, out)
    return found


def read_list(data: bytes | None) -> dict:
    """The list as it was written; nothing where there is none."""
    return json.loads(gzip.decompress(data)) if data else {}


def unpack(archives: list[Path], wanted: dict, target: Path) -> list[str]:
    """Put the files of a chain of archives into a folder; those of the list that are missing or not what they were."""
    target.mkdir(parents=True, exist_ok=True)
    for archive in archives:
        with tarfile.open(archive) as packed:
            packed.extractall(target, filter="data")
    for path in [path for path in target.rglob("*") if path.is_file()]:
        if str(path.relative_to(target)) not in wanted:
            path.unlink()
    return [name for name, known in wanted.items() if not (target / name).is_file() or sha256(target / name) != known["sha256"]]


def sha256(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def forget(folder: Path) -> None:
    """Remove a folder of ours, whatever is in it."""
    shutil.rmtree(folder, ignore_errors=True)
