"""Starting, recognising and stopping processes, so that none is left behind and no stranger is stopped by mistake."""

import ctypes
import json
import os
import pwd
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
PR_SET_PDEATHSIG = 1
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)  # Ctrl-C, `kill`, a closed terminal
LOG_LIMIT = 10_000_000  # bytes; a longer log is put aside as .1 at the next start


def command_line(pid: int) -> list[str]:
    """The words a process was started with; empty when there is no such process."""
    if sys.platform == "linux":
        try:
            words = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").split("\0")
        except OSError:
            return []
        return [word for word in words if word]
    answer = subprocess.run(["ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False)  # noqa: S603, S607
    return answer.stdout.split()


def is_ours(pid: int, words: Sequence[str]) -> bool:
    """Whether a process was started with all these words: a number alone may have been given to somebody else."""
    line = " ".join(command_line(pid))
    return bool(line) and all(word in line for word in words)


def gone_within(pid: int, words: Sequence[str], seconds: float) -> bool:
    """Wait for a process that is not our child to end."""
    until = time.monotonic() + seconds
    while is_ours(pid, words):
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def read_pid(file: Path) -> int | None:
    """The process number on the first line of a pid file."""
    try:
        return int(file.read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None


def stop_leftover(pid: int | None, words: Sequence[str], how: signal.Signals, patience: float) -> bool:
    """Stop what an earlier, killed supervisor left running; true when the number is that of a living process of ours."""
    if pid is None or not is_ours(pid, words):
        return False
    with suppress(ProcessLookupError):
        os.kill(pid, how)
        if not gone_within(pid, words, patience):
            os.kill(pid, signal.SIGKILL)
            gone_within(pid, words, 5)
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)  # its own children, should it have left any
    return True


@contextmanager
def uninterrupted() -> Iterator[Callable[[signal.Signals], None]]:
    """While a process is being started no signal may break in between its birth and its record.

    Gives what the new process has to do first: lift that ban for itself, and ask to be told when the supervisor dies,
    however it dies (on Linux; elsewhere the pid files serve the next start).
    """
    parent = os.getpid()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING)

    def prepare(how: signal.Signals) -> None:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        if LIBC is not None:
            LIBC.prctl(PR_SET_PDEATHSIG, int(how))
        if os.getppid() != parent:
            os._exit(1)

    try:
        yield prepare
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@dataclass(eq=False)
class Program:
    """One process under the supervisor, in a session of its own so that the terminal's Ctrl-C does not hit it."""

    name: str
    argv: Sequence[str]
    log: Path | None  # None: the terminal
    pid_file: Path | None = None
    env: Mapping[str, str] | None = None
    user: pwd.struct_passwd | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    patience: float = 10.0  # seconds between asking it to stop and killing it
    pass_fds: Sequence[int] = ()
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def start(self) -> None:
        """Start it, after an earlier one of the same pid file is gone."""
        self.stop_leftover()
        who = {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []} if self.user else {}
        out = self._open_log()
        with uninterrupted() as prepare, out or nullcontext():
            self.process = subprocess.Popen(  # noqa: S603
                list(self.argv),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT if out else None,
                env=dict(self.env) if self.env is not None else None,
                pass_fds=self.pass_fds,
                start_new_session=True,
                preexec_fn=lambda: prepare(self.stop_signal),  # noqa: PLW1509 - one thread only
                **who,
            )
        if self.pid_file:
            self.pid_file.write_text(f"{self.process.pid}\n{json.dumps(list(self.argv)[1:])}\n")

    def stop_leftover(self) -> bool:
        """Stop the process of the pid file, if it still runs with the words it was started with."""
        if self.pid_file is None or not self.pid_file.exists():
            return False
        words = self.pid_file.read_text().partition("\n")[2]
        stopped = bool(words.strip()) and stop_leftover(read_pid(self.pid_file), json.loads(words), self.stop_signal, self.patience)
        self.pid_file.unlink()
        return stopped

    def stop(self) -> None:
        """Ask it to stop, wait, and leave nothing of its session behind."""
        if self.process is None:
            return
        if self.running:
            self.process.send_signal(self.stop_signal)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(self.patience)
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process = None
        if self.pid_file:
            self.pid_file.unlink(missing_ok=True)

    def last_words(self, lines: int = 3) -> str:
        """The end of its log, for the sentence that says why it did not start."""
        if self.log is None:
            return ""
        with suppress(OSError):
            return " / ".join(self.log.read_text(errors="replace").strip().splitlines()[-lines:])
        return ""

    def _open_log(self) -> IO[bytes] | None:
        if self.log is None:
            return None
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".log.1"))
        return self.log.open("ab")
