"""From nothing to the first page: the steps of `manage.py up`, each with its line in the terminal."""

import http.client
import os
import shutil
import signal
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from crm.ops import demo
from crm.ops.embedded import Services, check_folder, socket_folder, urls
from crm.ops.processes import Program
from crm.ops.queries import begin_counting
from crm.ops.reloading import Reloader
from crm.ops.reserve import Reserve
from crm.ops.running import LOOPBACK, RunningLock, listen
from crm.ops.supervisor import Stop, Supervisor
from crm.ops.swapping import take_back
from crm.ops.terminal import Trouble, _, say, step

PAGE_PATIENCE = 60  # seconds until the first page must answer


def up(port: int, *, empty: bool = False) -> None:
    """Start everything, stay until asked to stop, and leave no process behind.

    Raises Trouble, with a sentence that says what to do, when it cannot start.
    """
    data_dir = Path(settings.DATA_DIR)
    check_folder(data_dir)
    with RunningLock(data_dir, f"http://{LOOPBACK}:{port}"):
        if take_back(data_dir):
            say(_("A restore was interrupted: everything is as it was before it. Run it again when you like."))
        _decide_on_demo(data_dir, empty)
        programs = processes(data_dir)
        for program in programs.values():
            program.stop_leftover()
        listener = listen(port)
        supervisor = Supervisor()
        supervisor.listen()
        try:
            looks = _start_services(supervisor, data_dir)
            _migrate()
            _start_web(supervisor, programs["web"], listener)
            with step(_("Worker, scheduler and dispatcher")):
                for name in ("dispatch", "worker", "beat"):
                    supervisor.start(programs[name])
            _welcome(data_dir, port, empty)
            supervisor.watch(*looks, *_now_and_then(programs))
        except Stop:
            pass
        finally:
            began = time.monotonic()
            say()
            supervisor.stop_all()
            shutil.rmtree(socket_folder(data_dir), ignore_errors=True)
            say(_("Stopped in %(seconds).1f s.") % {"seconds": time.monotonic() - began})


def _decide_on_demo(data_dir: Path, empty: bool) -> None:
    """A house that began with the demo company stays in demo mode: its sign-in page names the demo accounts."""
    mode, started = data_dir / "demo", data_dir / "started"
    if not empty and not started.exists():
        mode.touch()
    if mode.exists():
        os.environ["KEMAN_DEMO"] = "1"


def _now_and_then(programs: dict[str, Program]) -> list[Callable[[], None]]:
    """What the watch looks after besides its children."""
    if not settings.DEBUG:
        return [demo.Progress()]
    floors = [Path(app.path) for app in apps.get_app_configs() if settings.BASE_DIR in Path(app.path).parents and ".venv" not in app.path]
    return [demo.Progress(), Reloader(floors, [programs["worker"], programs["dispatch"]])]


def processes(data_dir: Path) -> dict[str, Program]:
    """The four processes that are ours; with DEBUG the web server reloads and both speak to the terminal."""
    python, manage = sys.executable, str(settings.BASE_DIR / "manage.py")
    celery = ["-m", "celery", "-A", "crm"]
    words = {
        "web": ["-m", "gunicorn", "-c", str(settings.BASE_DIR / "crm/ops/gunicorn_conf.py")],
        "dispatch": [manage, "dispatch"],
        "worker": [*celery, "worker", "--concurrency", "2", "--without-gossip", "--without-mingle", "--loglevel", "INFO"],
        "beat": [*celery, "beat", "--pidfile=", "--loglevel", "INFO"],
    }
    patience = {"web": 12.0, "worker": 20.0}
    folder = data_dir / "run"
    folder.mkdir(exist_ok=True)
    (data_dir / "log").mkdir(exist_ok=True)
    return {
        name: Program(
            name,
            [python, *argv],
            None if settings.DEBUG else data_dir / f"log/{name}.log",
            pid_file=folder / f"{name}.pid",
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
            stop_signal=signal.SIGTERM,
            patience=patience.get(name, 10.0),
        )
        for name, argv in words.items()
    }


def _start_services(supervisor: Supervisor, data_dir: Path) -> list[Callable[[], None]]:
    """PostgreSQL and Valkey of our own, unless the settings name others; gives what the watch looks after for them."""
    own_database, own_broker = (mine == used for mine, used in zip(urls(data_dir), (settings.DATABASE_URL, settings.REDIS_URL), strict=True))
    if not (own_database or own_broker):
        return []
    services = Services(data_dir)
    if own_database:
        if services.postgres.is_new:
            with step(_("Preparing PostgreSQL, the first time")):
                services.postgres.initialise()
        with step("PostgreSQL"):
            supervisor.start(services.postgres)
            services.postgres.create_database()
    if own_broker:
        with step("Valkey"):
            supervisor.start(services.valkey)
    return [Reserve(services.postgres, ample=settings.ROOM_KEPT)] if own_database else []


def _migrate() -> None:
    """Bring the tables up to date; asking first is quicker than a migration that finds nothing to do."""
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            with step(_("Tables")), connection.cursor() as cursor:
                cursor.execute("SET statement_timeout = 0")
                call_command("migrate", interactive=False, verbosity=0)
        begin_counting()
    except OperationalError as error:
        reason = str(error).strip().splitlines()[0]
        raise Trouble(_("The database does not answer as it should (%(reason)s): check DATABASE_URL and the server's disk.") % {"reason": reason}) from error
    finally:
        connection.close()


def _start_web(supervisor: Supervisor, web: Program, listener: socket.socket) -> None:
    """Hand the port over; in development to Django's own server, which wants to open it itself."""
    port = listener.getsockname()[1]
    if settings.DEBUG:
        listener.close()
        web.argv = [sys.executable, str(settings.BASE_DIR / "manage.py"), "runserver", f"{LOOPBACK}:{port}"]
    else:
        web.argv = [*web.argv, "--bind", f"fd://{listener.fileno()}"]
        web.pass_fds = (listener.fileno(),)
    with step(_("Web server")):
        supervisor.start(web)
        until = time.monotonic() + PAGE_PATIENCE
        while (status := _status(port)) != http.HTTPStatus.OK:
            if status == http.HTTPStatus.INTERNAL_SERVER_ERROR or not web.running or time.monotonic() > until:
                raise Trouble(_("The web server did not start; its last words are in %(log)s: %(words)s") % {"log": web.log, "words": web.last_words()})
            time.sleep(0.05)


def _status(port: int) -> int:
    """What the health page answers; 0 while nobody answers at all."""
    line = http.client.HTTPConnection(LOOPBACK, port, timeout=2)
    try:
        line.request("GET", "/healthz")
        return line.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        line.close()


def _welcome(data_dir: Path, port: int, empty: bool) -> None:
    """The address, who can sign in, and on a first start the demo company."""
    marker = data_dir / "started"
    if not empty and demo.is_wanted(marker):
        demo.enqueue()
    marker.touch()
    say()
    say(_("Keman runs at http://%(address)s — Ctrl-C stops it.") % {"address": f"{LOOPBACK}:{port}"})
    demo.say_accounts()
