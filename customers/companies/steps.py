"""The four-step chain of one company, as its page shows it."""

from django.utils import timezone
from django.utils.translation import gettext as _

from crm.core import clock
from crm.web import formats
from customers.companies.models import Step
from customers.companies.services import STEP_FIELDS

IDLE_DAYS = 30


def chain_of(company, part=None, late=False):
    """For each step: its words, whether it is reached, and the time it took since the step before.

    `part` is the share of what was ordered that has come in, in percent; `late` whether some of it is overdue.
    """
    items, before = [], None
    for step in Step:
        at = getattr(company, STEP_FIELDS[step])
        reached = company.step >= step and at is not None
        note = ""
        if reached:
            note = formats.day(at) if before is None else _("took %(time)s") % {"time": formats.rough_span(at - before)}
            before = at
        state = "done" if reached else "todo"
        items.append({"label": step.label, "note": note, "state": state, "part": 100 if reached else 0})
    if part is not None and items[3]["state"] == "done" and part < 100:
        words = _("%(part)d%% received, some overdue") if late else _("%(part)d%% received")
        items[3] |= {"state": "now", "part": part, "note": words % {"part": part}}
    return items


def idle_words(company):
    """A warning once nobody has spoken to the company for 30 days; nothing before."""
    if company.last_contact_at is None:
        return ""
    days = (clock.today() - timezone.localdate(company.last_contact_at, timezone.get_default_timezone())).days
    return _("%(days)d days without contact") % {"days": days} if days >= IDLE_DAYS else ""
