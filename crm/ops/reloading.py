"""In development: the processes that do not reload by themselves are restarted when the source changes."""

import time
from collections.abc import Sequence
from pathlib import Path

from crm.ops.supervisor import Child
from crm.ops.terminal import _, say

LOOK_EVERY = 2.0  # seconds


class Reloader:
    """Compares the newest change of the source with the one it saw before."""

    def __init__(self, folders: Sequence[Path], children: Sequence[Child]):
        self.folders, self.children = folders, children
        self.seen, self.look_at = self._newest(), 0.0

    def __call__(self) -> None:
        if time.monotonic() < self.look_at:
            return
        self.look_at = time.monotonic() + LOOK_EVERY
        newest = self._newest()
        if newest != self.seen:
            self.seen = newest
            say(_("The source has changed: worker and dispatcher start again."))
            for child in self.children:
                child.stop()
                child.start()

    def _newest(self) -> float:
        return max((file.stat().st_mtime for folder in self.folders for file in folder.rglob("*.py")), default=0.0)
