"""The verbs of stars: put one on a record, take it off. Done twice, it is done once."""

from crm.activity.spine import event
from crm.core import clock
from crm.stars import events
from crm.stars.models import Star


def star(record, *, by):
    """Mark a record for oneself; whether it was unmarked before."""
    with event(events.STARRED, by=by) as found:
        _star, is_new = Star.objects.get_or_create(user=by, noun=record.noun, object_id=record.pk, defaults={"set_at": clock.now()})
        if is_new:
            _tell(found, record, by)
        return is_new


def unstar(record, *, by):
    """Take one's own mark off a record; whether there was one."""
    with event(events.UNSTARRED, by=by) as found:
        count, _rows = Star.objects.filter(user=by, noun=record.noun, object_id=record.pk).delete()
        if count:
            _tell(found, record, by)
        return bool(count)


def _tell(found, record, by):
    found.subject = by
    found.data.update(noun=record.noun, record=record.pk)
