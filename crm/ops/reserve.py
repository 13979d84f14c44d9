"""A part of the disk set aside for the database: when others have filled the disk it could not even start, and with it at least it can be read."""

import shutil
from pathlib import Path

from crm.ops.postgres import Postgres
from crm.ops.terminal import _, say

MEGABYTE = 2**20
SIZE = 64 * MEGABYTE  # four pieces of the log that a start after a crash writes
SCARCE = 32 * MEGABYTE  # with less than that free the server may not be able to start


class Reserve:
    """Looks now and then: gives the room back to a server that ended without any, lays it by again when `ample` bytes are free."""

    def __init__(self, server: Postgres, *, ample: int):
        self.server, self.ample = server, ample + 2 * SIZE
        self.file = server.folder.with_name("reserve")

    def __call__(self) -> None:
        laid_by, running = self.file.exists(), self.server.running
        if laid_by == running:
            return
        free = shutil.disk_usage(self.file.parent).free
        if laid_by and free < SCARCE:
            self.file.unlink()
            say(_("The disk is full: what was set aside is given to the database, so that it can be read. Free some space where %(folder)s is.") % self._where)
        elif running and free > self.ample:
            self._lay_by()

    def _lay_by(self) -> None:
        draft = self.file.with_suffix(".new")
        with draft.open("wb") as out:
            for _block in range(SIZE // MEGABYTE):
                out.write(bytes(MEGABYTE))
        draft.rename(self.file)

    @property
    def _where(self) -> dict[str, Path]:
        return {"folder": self.file.parent}
