"""What the start-up says in the terminal: the reader's language, and no Django, which may not be able to start yet."""

import gettext
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

LOCALE = Path(__file__).resolve().parents[2] / "locale"


class Trouble(Exception):
    """Something the person at the terminal can put right; its text is one sentence that says how."""


def language(environ: Mapping[str, str] = os.environ) -> str:
    """English where the terminal is English, otherwise Chinese."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = environ.get(name, "").lower()
        if value and not value.startswith(("c.", "posix")) and value != "c":
            return "en" if value.startswith("en") else "zh_Hans"
    return "zh_Hans"


_ = gettext.translation("django", LOCALE, [language()], fallback=True).gettext


def say(sentence: str = "") -> None:
    """One line, at once, also when the output is a file."""
    print(sentence, flush=True)


@contextmanager
def step(label: str) -> Iterator[None]:
    """One line for one piece of work: its name while it works, its seconds when it is done."""
    print(f"  {label} …", end="", flush=True)
    began = time.monotonic()
    try:
        yield
    except BaseException:
        say()
        raise
    say(" " + _("%(seconds).1f s") % {"seconds": time.monotonic() - began})
