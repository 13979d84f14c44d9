"""What the tests of the whole house share."""

import os
from pathlib import Path

import pytest

from tests.world import world  # noqa: F401 - a fixture


@pytest.fixture
def record_codes():
    """With KEMAN_WRITE_ACCESS=FILE, writes the codes that were found there, to be compared and reviewed by hand."""

    def record(found, personas):
        target = os.environ.get("KEMAN_WRITE_ACCESS")
        if target:
            lines = [f"{name:<55} {method:<5} " + " ".join(str(codes[who]) for who in personas) for (name, method), codes in sorted(found.items())]
            with Path(target).open("a", encoding="utf-8") as file:
                file.write("\n".join(lines) + "\n")

    return record
