"""Running a command of the product to its end, and killing one on its way."""

import os
import signal
import subprocess
import sys
import time

from django.conf import settings

PATIENCE = 240  # seconds


def command(words, environment):
    """Run a command to its end."""
    return subprocess.run([sys.executable, "manage.py", *words], cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False)


def killed(words, environment, sign):
    """Run a command and `kill -9` it the moment a sign is seen."""
    process = subprocess.Popen([sys.executable, "manage.py", *words], cwd=settings.BASE_DIR, env=environment, stdout=subprocess.DEVNULL)
    end = time.monotonic() + PATIENCE
    while not sign():
        assert process.poll() is None, "it ended before it could be killed"
        assert time.monotonic() < end
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
