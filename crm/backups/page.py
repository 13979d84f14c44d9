"""What the pages of backups show."""

from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy

from crm.activity.models import About
from crm.activity.spine import kind_of
from crm.backups import events, watching
from crm.backups.entries import NAME, Entry, parsed
from crm.backups.models import Backup, Drill
from crm.backups.places import Local, places
from crm.backups.wording import words
from crm.notifications.notices import sayings

SHOWN, DRILLS = 40, 10
TONES = {Backup.State.DONE: "ok", Backup.State.FAILED: "bad", Backup.State.RUNNING: "info", Backup.State.PRUNED: "mute"}
STEPS = {
    "chain": gettext_lazy("Files, hashes, key, and PostgreSQL's own check"),
    "start": gettext_lazy("Put together and started"),
    "files": gettext_lazy("Uploaded files"),
    "rows": gettext_lazy("Rows of every table"),
    "samples": gettext_lazy("Records picked at random"),
    "keys": gettext_lazy("Foreign keys"),
    "structures": gettext_lazy("Every page and index read"),
    "sign_in": gettext_lazy("Sign-in through the application"),
}


def glance(actor) -> dict:
    """How things stand in one sentence, and the last runs and drills."""
    found = [_worded(code, facts) for code, facts in watching.reasons()]
    good = Backup.objects.visible_to(actor).filter(state=Backup.State.DONE).order_by("-ended_at").first()
    return {
        "problems": found,
        "newest": good,
        "backups": [(row, TONES[row.state]) for row in Backup.objects.visible_to(actor).select_related("actor")[:SHOWN]],
        "drills": Drill.objects.visible_to(actor).select_related("actor")[:DRILLS],
        "proved": Drill.objects.visible_to(actor).filter(ok=True).first(),
        "places": [(place.label, str(place)) for place in places()],
        "key_path": settings.BACKUP_KEY,
    }


def detail(row, actor) -> dict:
    """One run with its files and how it was proved."""
    entry = entry_at_hand(row)
    parts = [(name, part.size, part.sha256) for name, part in sorted(entry.parts.items())] if entry else []
    return {
        "backup": row,
        "tone": TONES[row.state],
        "parts": parts,
        "may_fetch": actor.may("house.fetch_backups"),
        "drills": Drill.objects.filter(code=row.code)[:DRILLS],
        "downloads": _downloads(row),
        "before": Backup.objects.filter(code=row.based_on).first() if row.based_on else None,
        "labels": [str(place.label) for place in places() if place.name in row.places],
    }


def steps(drill) -> list[dict]:
    """The steps of a drill with their names in words."""
    return [step | {"label": STEPS.get(step["name"], step["name"]), "words": words(step)} for step in drill.steps]


def _downloads(row):
    """Who carried which file of it away, the last first."""
    found = About.objects.filter(kind=kind_of(row), object_id=row.pk, activity__verb=events.DOWNLOADED)
    return [one.activity for one in found.select_related("activity__actor").order_by("-at")[:DRILLS]]


def entry_at_hand(row) -> Entry | None:
    """The entry of a backup, from the folder on this machine."""
    text = Local(settings.BACKUP_FOLDER).read(f"{row.code}/{NAME}") if row.code else None
    return parsed(text) if text is not None else None


def local_path(row, part) -> Path | None:
    """The file of a backup on this machine; only names that its entry knows."""
    entry = entry_at_hand(row)
    if entry is None or part not in entry.parts:
        return None
    path = Path(settings.BACKUP_FOLDER) / row.code / part
    return path if path.is_file() else None


def _worded(code, facts):
    words = sayings[code](facts)
    return words if isinstance(words, tuple) else (words, "")
