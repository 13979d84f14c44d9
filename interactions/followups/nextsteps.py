"""What company and lead show as their next step: the earliest open follow-up, kept by every verb that touches one."""

from contextlib import contextmanager
from contextvars import ContextVar

from crm.activity.spine import kind_of, lock
from customers.companies import services as companies
from customers.companies.models import Company
from interactions.followups import abouts
from interactions.followups.models import FollowUp

_waiting: ContextVar[dict | None] = ContextVar("waiting_to_settle", default=None)


@contextmanager
def together():
    """Settle once at the end, however many follow-ups of the same customer a larger verb closes and plans."""
    rows = {}
    token = _waiting.set(rows)
    try:
        yield
    finally:
        _waiting.reset(token)
    for row in rows.values():
        settle(row)


def settle(row):
    """Let lead and company of this follow-up show what now comes first.

    Each is locked before it is looked at, child before company, so that two people planning at once leave the truth.
    """
    waiting = _waiting.get()
    if waiting is not None:
        waiting[row.about_kind_id, row.about_id, row.company_id] = row
        return
    record = abouts.record_of(row)
    if record is not None and abouts.of(record).next_step:
        settle_about(record)
    if row.company_id:
        settle_company(row.company_id)


def settle_about(record):
    """Let a lead, which is held, show its earliest open follow-up, or none."""
    first = _earliest(about_kind=kind_of(record), about_id=record.pk)
    abouts.of(record).next_step(record, at=first and first.due_at, title=first.title if first else "")


def settle_company(company_id):
    """Let the company show its earliest open follow-up, or none."""
    company = lock(Company(pk=company_id))
    first = _earliest(company=company_id)
    companies.note_next_step(company, at=first and first.due_at, title=first.title if first else "")


def _earliest(**where):
    return FollowUp.objects.live().open().filter(**where).order_by("due_at", "pk").only("due_at", "title").first()
