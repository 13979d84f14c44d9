"""Small disks for the tests of full ones: memory that the kernel mounts as a file system of its own."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def small_disk(size: str) -> Iterator[Path]:
    """A folder with so much room (`"3m"`) for as long as the block lasts; who runs the tests may mount, as the one of a container's own may."""
    folder = Path(tempfile.mkdtemp(prefix="keman-disk-"))
    folder.chmod(0o711)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size},mode=0711", "tmpfs", folder], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)
        shutil.rmtree(folder)
