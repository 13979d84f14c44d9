"""By which path the present work came in: page, api, import, rule, schedule, command or demo."""

from contextlib import contextmanager
from contextvars import ContextVar

_via: ContextVar[str] = ContextVar("via", default="command")
_request_id: ContextVar[str] = ContextVar("request_id", default="-")


def via() -> str:
    """The path of the present work, as every event stores it."""
    return _via.get()


def request_id() -> str:
    """The id that names the present request or job in the log and on error pages."""
    return _request_id.get()


@contextmanager
def coming_by(path: str, request: str = ""):
    """Mark everything inside the block as having come by this path."""
    tokens = _via.set(path), _request_id.set(request or _request_id.get())
    try:
        yield
    finally:
        _via.reset(tokens[0])
        _request_id.reset(tokens[1])
