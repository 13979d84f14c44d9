"""G6: eight connections add companies at once, through a web server of the product's own kind on the benchmark's database."""

import http.client
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from threading import Thread
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import connection

from bench.measure import client_for
from bench.names import unheard_of

CONNECTIONS, SECONDS, PATIENCE = 8, 8, 60
ADDRESS = "/customers/companies/new/"


def creations_a_second(user, say) -> float | None:
    """How many companies are added a second; None, and the reason said, where the server does not come up."""
    try:
        with _server() as port:
            return _run(port, _cookies(user), say)
    except (OSError, RuntimeError) as trouble:
        say(f"create with {CONNECTIONS} connections: {trouble}")
        return None


@contextmanager
def _server():
    """The product's web server on a free port of loopback, for as long as the block lasts."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "-c", str(settings.BASE_DIR / "crm/ops/gunicorn_conf.py"), "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen(command, cwd=settings.BASE_DIR, env={**os.environ, "DATABASE_URL": database_url()}, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port, process)
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)


def database_url(name=""):
    """The database of this connection, or another one beside it, as the settings read it."""
    known = connection.settings_dict
    who = quote(known["USER"] or "", safe="") + (f":{quote(known['PASSWORD'], safe='')}" if known["PASSWORD"] else "")
    where = quote(str(known["HOST"] or ""), safe="") + (f":{known['PORT']}" if known["PORT"] else "")
    return f"postgres://{who}@{where}/{name or known['NAME']}"


def _wait_for(port, process):
    for _try in range(PATIENCE * 5):
        if process.poll() is not None:
            raise RuntimeError("the web server ended at once")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise RuntimeError("the web server did not answer")


def _cookies(user):
    token = secrets.token_hex(16)
    session = client_for(user).cookies[settings.SESSION_COOKIE_NAME].value
    return {settings.SESSION_COOKIE_NAME: session, settings.CSRF_COOKIE_NAME: token}


def _run(port, cookies, say):
    """Eight threads, each with a connection of its own, post until the time is over."""
    done, until = [], time.perf_counter() + SECONDS
    threads = [Thread(target=_post, args=(port, cookies, until, done)) for _n in range(CONNECTIONS)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took, good = time.perf_counter() - started, sum(status in (302, 303) for status in done)
    say(f"create with {CONNECTIONS} connections: {good} of {len(done)} in {took:.1f} s, {good / took:.0f} a second")
    return good / took if good == len(done) else None


def _post(port, cookies, until, done):
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
    token = cookies[settings.CSRF_COOKIE_NAME]
    while time.perf_counter() < until:
        once = secrets.token_hex(8)
        line.request("POST", ADDRESS, urlencode({"name": f"并发{unheard_of()}{unheard_of()}有限公司", "once": once, "csrfmiddlewaretoken": token}), headers)
        answer = line.getresponse()
        answer.read()
        done.append(answer.status)
    line.close()
