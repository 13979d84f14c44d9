"""The search through all records as a background job: started by a person or by the weekly schedule."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.accounts.models import User
from crm.core import clock
from crm.core.errors import NotAllowed, WrongState
from crm.core.rights import ALL
from crm.jobs import services as jobs
from crm.jobs.kinds import handler
from crm.jobs.models import Job
from customers.duplicates.finding import keep, pairs
from customers.duplicates.identical import merge_identical
from customers.duplicates.reading import subjects

KIND = "duplicates.search"


def search(noun, *, by):
    """Look through all records of a kind, for those who may merge all of them; a second search of a kind waits for the end of the first."""
    if not may_search(noun, by):
        raise NotAllowed(gettext_lazy("Only those who may merge all records can start a search through all of them."), facts={"right": f"{noun}.merge"})
    if under_way(noun):
        raise WrongState(gettext_lazy("This search is under way already."))
    return jobs.start(KIND, by=by, args={"noun": noun})


def may_search(noun, by) -> bool:
    """Whether this person may look through everybody's records."""
    return noun in subjects and by.reach(f"{noun}.merge") == ALL


def search_all():
    """The weekly search: every kind that is not being searched already."""
    system = User.objects.with_rights().get(is_system=True)
    for noun, _subject in subjects.items():
        if not under_way(noun):
            jobs.start(KIND, by=system, args={"noun": noun})


def under_way(noun):
    """The search of this kind that has not ended, or None."""
    return Job.objects.filter(kind=KIND, args__noun=noun, finished_at=None).first()


# Killed half-way it starts anew: the same pairs are stored again, and what is merged already is no pair any more.
@handler(KIND, title=gettext_lazy("Search for duplicates"), lease=900, limit=7200, url=lambda job: f"/customers/{job.args['noun']}/duplicates/")
def run_search(run):
    """Link all records with each other and put the pairs onto the list."""
    started = clock.now()

    def compared(done, total):
        run.progress(done, total, _("Comparing"))

    def stored(number):
        run.progress(note=_("%(n)s pairs kept") % {"n": f"{number:,}"})

    def joined(number):
        run.progress(note=_("%(n)s merged") % {"n": f"{number:,}"})

    noun = run.args["noun"]
    counts = keep(noun, pairs(noun, tell=compared), tell=stored, started=started)
    return counts | {"merged": merge_identical(noun, by=run.by, tell=joined)}
