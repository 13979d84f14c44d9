"""The verbs of matching: ask to see a record that one was told exists, and let somebody see it."""

from django.utils.translation import gettext_lazy as _

from crm.accounts.models import Share
from crm.activity.spine import change
from crm.core import clock
from crm.core.errors import Invalid, NotAllowed
from crm.core.policy import allows
from customers.matching import events
from customers.matching.models import AccessRequest
from customers.matching.subjects import subjects
from customers.matching.telling import of_ticket


def ask_for_access(ticket, *, by, noun=""):
    """Ask whoever looks after a record to let one see it; asked twice, it is one request.

    The `ticket` is what a check for duplicates gave this person; with `noun` it must speak of such a record.
    """
    named = of_ticket(ticket, by)
    if named is None or noun not in ("", named[0]):
        raise Invalid(_("This is not known. Check for duplicates again."), code="unknown_ticket")
    noun, pk = named
    record = subjects[noun].model._base_manager.filter(pk=pk, deleted_at=None).first()
    if record is None:
        raise Invalid(_("The record is no longer there."), code="gone")
    with change(events.ASKED, record, by=by) as (record, found):
        request, is_new = AccessRequest.objects.get_or_create(noun=noun, object_id=pk, asked_by=by)
        if not is_new and (request.granted_at is None or sees(noun, pk, by)):
            found.subject = None
            return request
        request.asked_at, request.granted_at, request.granted_by = clock.now(), None, None
        request.save()
        found.data.update(request=request.pk, name=str(record), told=keepers(record))
        return request


def grant_access(request, *, by):
    """Let the person who asked see the record; granted already, it stays so. The owner may, and whoever may hand it over."""
    record = record_of(request)
    if record is None:
        raise Invalid(_("The record is no longer there."), code="gone")
    with change(events.GRANTED, record, by=by) as (record, found):
        if not may_grant(request, record, by):
            raise NotAllowed(_("Only whoever looks after the record may let others see it."), facts={"right": f"{request.noun}.assign"})
        request = AccessRequest.objects.select_for_update().select_related("asked_by").get(pk=request.pk)
        if request.granted_at:
            found.subject = None
            return request
        Share.objects.get_or_create(noun=request.noun, object_id=request.object_id, user=request.asked_by)
        request.granted_at, request.granted_by = clock.now(), by
        request.save()
        found.data.update({"with": request.asked_by_id, "name": str(record), "noun": request.noun})
        return request


def may_grant(request, record, by):
    """Whether this person may let others see the record."""
    return record.owner_id == by.pk or allows(by, f"{request.noun}.assign", record)


def record_of(request):
    """The live record a request is about, or None."""
    return subjects[request.noun].model._base_manager.filter(pk=request.object_id, deleted_at=None).select_related("team", "owner").first()


def keepers(record):
    """Who decides about a record: its owner, or the leader of its team, or the leader of the teams of its pool."""
    if record.owner_id:
        return [record.owner_id]
    if record.team_id and record.team.leader_id:
        return [record.team.leader_id]
    pool = getattr(record, "pool", None)
    return sorted(set(pool.teams.exclude(leader=None).values_list("leader_id", flat=True))) if pool else []


def sees(noun, pk, by):
    """Whether this person sees the record."""
    return subjects[noun].model.objects.visible_to(by).filter(pk=pk).exists()
