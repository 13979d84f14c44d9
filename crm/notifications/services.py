"""Telling people, and noting what they have read."""

from datetime import timedelta

from crm.activity.readers import reader
from crm.core import clock
from crm.notifications.models import Notice
from crm.notifications.notices import tellers_of

# History that is brought in later arrives as read: nobody wants a thousand news of last year.
OLD_NEWS = timedelta(days=2)


def notify(user, code, facts=None, *, url="", key, event=None):
    """Tell a person something once: a second notice to the same person with the same key is dropped."""
    tell([Notice(user=user, code=code, facts=facts or {}, url=url, key=key, event_id=event, created_at=clock.now())])


def tell(notices):
    """Add notices in one go, without those whose key the person has had."""
    Notice.objects.bulk_create(notices, batch_size=1000, ignore_conflicts=True)


@reader("notifications")
def read(activities):
    """The reader of the spine: what the rooms declared for these events lands in the inboxes."""
    tell(
        [
            Notice(
                user_id=told.user_id,
                code=activity.verb,
                facts=told.facts,
                url=told.url,
                event_id=activity.pk,
                key=told.key or f"{activity.verb}:{activity.pk}",
                created_at=activity.at,
                read_at=clock.now() if activity.at < clock.now() - OLD_NEWS else None,
            )
            for activity in activities
            for teller in tellers_of(activity.verb)
            for told in teller(activity)
            if told.own or told.user_id != activity.actor_id
        ]
    )


def unread_count(user) -> int:
    """How many notices wait, counted up to a hundred."""
    return Notice.objects.filter(user=user, read_at=None).order_by()[:100].count()


def mark_read(notice):
    """Note that the person has read it."""
    if notice.read_at is None:
        notice.read_at = clock.now()
        notice.save(update_fields=["read_at"])


def mark_all_read(user, up_to):
    """Note everything up to this notice as read; what arrived since the page was drawn stays new."""
    return Notice.objects.filter(user=user, read_at=None, pk__lte=up_to).update(read_at=clock.now())
