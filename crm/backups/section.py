"""Backups on the page of operations: the last runs and drills, what comes next, where they lie and how they grow."""

import shutil
from contextlib import suppress
from pathlib import Path

from crm.backups import page
from crm.backups.models import Backup, Drill
from crm.backups.places import Local, places
from crm.ops import periodic

RUNS, DRILLS, LARGEST_OF = 8, 3, 60
TASKS = ("crm.backups.tasks.incremental", "crm.backups.tasks.full", "crm.backups.tasks.drill")


def context(actor) -> dict:
    """What the section shows; nothing of it to those who do not keep the backups."""
    if not actor.may("house.back_up"):
        return {"may_see": False}
    rows = list(Backup.objects.visible_to(actor)[:LARGEST_OF])
    largest = {kind: max((row.size for row in rows if row.kind == kind), default=0) for kind in Backup.Kind.values}
    runs = [{"row": row, "tone": page.TONES[row.state], "share": _share(row.size, largest[row.kind])} for row in rows[:RUNS]]
    drills = [{"row": drill, "steps": page.steps(drill)} for drill in Drill.objects.visible_to(actor)[:DRILLS]]
    for older in drills[1:]:
        older["steps"] = [step for step in older["steps"] if not step["ok"]]
    return {"may_see": True, "runs": runs, "drills": drills, "next": _next(), "places": _places()}


def _share(size, largest):
    return round(100 * size / largest) if size else None


def _next():
    found = {task.task: task for task in periodic.everything()}
    return [(task.title, task.next_at, task.plan) for name in TASKS if (task := found.get(name))]


def _places():
    """Each place with the backups in it as the table knows them, and its free room where it can be asked at once."""
    kept = list(Backup.objects.filter(state=Backup.State.DONE).values_list("places", "size"))
    found = []
    for place in places():
        sizes = [size for names, size in kept if place.name in names]
        found.append({"label": place.label, "path": str(place), "number": len(sizes), "size": sum(sizes), "free": _free(place)})
    return found


def _free(place):
    """Bytes that are free in a folder of this machine; a bucket has no end."""
    if isinstance(place, Local):
        with suppress(OSError):
            folder = Path(place.folder)
            return shutil.disk_usage(folder if folder.exists() else folder.parent).free
    return None
