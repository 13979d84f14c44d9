"""Keys that make a request count once: the double click, the retry after a time-out, the back button."""

import hashlib
import json
from dataclasses import dataclass

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext_lazy as _

from crm.activity.models import Once
from crm.core import clock
from crm.core.errors import Conflict


@dataclass
class Ticket:
    """A claimed key: empty for the first request, with the record for every later one."""

    row: Once | None = None
    record: object = None

    def settle(self, record, kind):
        """Write down which record the key stands for; same transaction as the record."""
        Once.objects.filter(pk=self.row.pk).update(kind=kind, object_id=record.pk)


def claim(actor, key, given) -> Ticket:
    """Take the key for this transaction; a parallel request with the same key waits here for the outcome."""
    wanted = digest(given)
    Once.objects.bulk_create([Once(actor=actor, key=key, digest=wanted, at=clock.now())], ignore_conflicts=True)
    taken = Once.objects.select_related("kind").get(actor=actor, key=key)
    if taken.object_id is None:
        return Ticket(row=taken)
    if taken.digest != wanted:
        raise Conflict(_("This key was already used for other input. Send the new input with a new key."), code="key_reused")
    return Ticket(record=taken.kind.model_class()._base_manager.get(pk=taken.object_id))


def digest(given) -> str:
    """A short print of the input, equal for equal values."""
    text = json.dumps(given, cls=DjangoJSONEncoder, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
