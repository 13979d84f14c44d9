"""By which way a record comes in, as the rules for duplicates speak of it."""

from contextlib import contextmanager
from contextvars import ContextVar

from crm.core import context
from customers.matching.models import Path

WAYS = {"api": Path.API, "import": Path.IMPORT}
_within: ContextVar[Path | None] = ContextVar("way_in", default=None)


def current() -> Path:
    """The way of the present work: what the context of the house says, unless a verb such as a conversion says it better."""
    return _within.get() or WAYS.get(context.via(), Path.FORM)


@contextmanager
def coming_in_by(path: Path):
    """Whatever is created inside the block comes in by this way; what an import brings stays imported."""
    token = _within.set(None if context.via() == "import" else path)
    try:
        yield
    finally:
        _within.reset(token)
