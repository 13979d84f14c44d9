"""By which path the present work came in (page, api, import, rule, schedule, command or demo), and what the log says of it."""

from contextlib import contextmanager
from contextvars import ContextVar

_via: ContextVar[str] = ContextVar("via", default="command")
_request_id: ContextVar[str] = ContextVar("request_id", default="-")
_facts: ContextVar[dict | None] = ContextVar("facts", default=None)


def via() -> str:
    """The path of the present work, as every event stores it."""
    return _via.get()


def request_id() -> str:
    """The id that names the present request in the log and on error pages; work in the background has that of the request it came from."""
    return _request_id.get()


def facts() -> dict:
    """What every line of the log also says of the present work: user, path, job."""
    return _facts.get() or {}


def note(**values) -> None:
    """Let the lines from here on say this too; outside any request or job it is forgotten."""
    known = _facts.get()
    if known is not None:
        known.update(values)


@contextmanager
def coming_by(path: str, request: str = "", /, **known):
    """Mark everything inside the block as having come by this path, and let its lines in the log say what is known."""
    tokens = _via.set(path), _request_id.set(request or _request_id.get()), _facts.set(facts() | known)
    try:
        yield
    finally:
        _via.reset(tokens[0])
        _request_id.reset(tokens[1])
        _facts.reset(tokens[2])
