"""What a person decides about a pair: not the same, related, later, or open again; merging is a verb of its own."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from crm.core import clock
from crm.core.policy import require
from customers.duplicates.models import DuplicatePair

State = DuplicatePair.State
# What a person may say of a pair, and the words that answer it.
SAYABLE = {
    State.DIFFERENT: _("Noted: not the same. This pair does not come back"),
    State.RELATED: _("Noted: related"),
    State.LATER: _("Put off for a week"),
}
PUT_OFF = timedelta(days=7)


def decide(pair, state, *, by):
    """Say what the two records are to each other; asked twice, it stays. "Not the same" and "related" hold for every later search."""
    with transaction.atomic():
        require(by, f"{pair.noun}.edit")
        pair = DuplicatePair.objects.select_for_update().get(pk=pair.pk)
        pair.state, pair.decided_by, pair.decided_at = State(state), by, clock.now()
        pair.remind_on = clock.today() + PUT_OFF if pair.state == State.LATER else None
        pair.save(update_fields=["state", "decided_by", "decided_at", "remind_on"])
        return pair
