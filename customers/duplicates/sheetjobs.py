"""Duplicates in a spreadsheet that was uploaded, before it is imported: nothing of it enters the house, the answer is a file of pairs."""

from collections import Counter

from django.core import signing
from django.utils.translation import gettext_lazy as _

from crm.core import clock
from crm.core.errors import Invalid
from crm.core.policy import require
from crm.importexport import files
from crm.importexport.models import ImportRun
from crm.importexport.services import KEPT_UNSTARTED
from crm.jobs import services as jobs
from crm.jobs.kinds import handler
from crm.jobs.models import Job
from customers.matching import sheets

KIND, RIGHT = "duplicates.sheet", "imports.view"
SALT = "keman.duplicates.sheet"
RESULT = "pairs.csv"


def receive(uploads, *, by) -> str:
    """Keep one or two uploaded sheets and look whether they can be read; the ticket by which this person goes on with them."""
    require(by, RIGHT)
    kept = [(files.keep(upload), upload.name[-200:]) for upload in uploads]
    try:
        read(kept)
    except Invalid:
        drop(kept)
        raise
    return signing.dumps({"files": kept, "by": by.pk}, salt=SALT, compress=True)


def of_ticket(ticket, *, by):
    """The kept sheets of a ticket: [(token, name)]; None where it is not this person's or they are gone."""
    try:
        found = signing.loads(ticket, salt=SALT)
    except signing.BadSignature:
        return None
    there = found["by"] == by.pk and all(files.path_of(token).is_file() for token, _name in found["files"])
    return [tuple(pair) for pair in found["files"]] if there else None


def read(kept, kinds=None):
    """The sheets with what their columns hold; `kinds` (for each sheet header → kind) goes before the guess."""
    given = kinds or [{}] * len(kept)
    found = [sheets.read(files.path_of(token), mapping) for (token, _name), mapping in zip(kept, given, strict=True)]
    for source, (_token, name) in zip(found, kept, strict=True):
        source.name = name
    return found


def start(kept, kinds, *, by):
    """Look for duplicates in the background."""
    require(by, RIGHT)
    return jobs.start(KIND, by=by, args={"files": kept, "kinds": kinds})


def drop(kept):
    """Remove sheets that are not needed any more."""
    for token, _name in kept:
        files.drop(token)


@handler(KIND, title=_("Duplicates in a spreadsheet"), lease=900, limit=3600)
def run_sheets(run):
    """Link the sheets and write the pairs; killed half-way it begins anew."""
    kept = [tuple(pair) for pair in run.args["files"]]
    sources = read(kept, run.args["kinds"])
    pairs = list(sheets.match(sources))
    sheets.write(pairs, sources, [""] * len(sources), run.new_file(RESULT))
    run.progress(len(pairs), len(pairs))
    counts = Counter(decision for _left, _right, _score, decision, _words in pairs)
    drop(kept)
    return {"rows": sum(len(source.rows) for source in sources), **counts}


def forget_unstarted() -> int:
    """Remove sheets that were uploaded a week ago and belong to no search and no import that still needs them; how many those were."""
    before = (clock.now() - KEPT_UNSTARTED).timestamp()
    wanted = {token for job in Job.objects.filter(kind=KIND, finished_at=None) for token, _name in job.args["files"]}
    wanted |= set(ImportRun.objects.values_list("token", flat=True))
    old = [token for token, since in files.kept() if since < before and token not in wanted]
    for token in old:
        files.drop(token)
    return len(old)
