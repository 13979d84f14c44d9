"""The words of stages by their code, kept for a few seconds: timelines ask for them in every line."""

from crm.core import clock
from deals.opportunities.models import Stage

KEPT_SECONDS = 10
_kept: dict = {"at": None, "stages": {}}


def stage_words(code):
    """A stage in the reader's language; a code that is gone stands for itself."""
    now = clock.monotonic()
    if _kept["at"] is None or now - _kept["at"] > KEPT_SECONDS:
        _kept.update(at=now, stages={stage.code: stage for stage in Stage.objects.all()})
    return str(_kept["stages"].get(code, code or ""))
