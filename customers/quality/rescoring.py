"""Computing completeness anew for every record, after an administrator changed the weights."""

from django.contrib.auth import get_user_model
from django.db import transaction

from crm.jobs import services as jobs
from crm.jobs.models import Job
from customers.companies import completeness as of_company
from customers.companies import weights
from customers.companies.models import Company
from customers.contacts import completeness as of_contact
from customers.contacts.models import Contact
from customers.quality.services import RESCORE

CHUNK = 2000
SCORES = {
    "companies": (Company.objects.live, of_company.score),
    "contacts": (lambda: Contact.objects.live().prefetch_related("points"), lambda row: of_contact.score(row, list(row.points.all()))),
}


def after_change():
    """Compute all scores anew, once, however many weights were changed in one go."""
    with transaction.atomic():
        if not Job.objects.filter(kind=RESCORE, state=Job.State.QUEUED, attempts=0).exists():
            jobs.start(RESCORE, by=get_user_model().objects.get(is_system=True))


def rescore(run):
    """Write the scores that differ; a score is no change by a person, so it makes no new version of the record."""
    weights.forget()
    changed = run.cursor.get("changed", 0)
    for noun, (rows, score) in SCORES.items():
        while (after := run.cursor.get(noun, 0)) != "end":
            with run.step():
                found = list(rows().filter(pk__gt=after).order_by("pk")[:CHUNK])
                stale = [row for row in found if row.completeness != score(row)]
                for row in stale:
                    row.completeness = score(row)
                type(found[0])._base_manager.bulk_update(stale, ["completeness"], batch_size=500) if stale else None
                changed += len(stale)
                run.cursor |= {noun: found[-1].pk if len(found) == CHUNK else "end", "changed": changed}
    return {"changed": changed}


weights.followers.append(after_change)
