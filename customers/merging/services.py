"""The verbs: several records become one, and they become several again."""

from django.utils.translation import gettext_lazy as _

from crm.activity import ownership
from crm.activity.spine import event
from crm.core import clock
from crm.core.errors import Invalid
from crm.core.policy import require
from customers.companies.services import refuse_stale
from customers.merging import events, proposing, undoing
from customers.merging.busy import patiently
from customers.merging.holding import hold, merge_of, out_of_reach
from customers.merging.kinds import followers, kind_named
from customers.merging.models import Merge, MergedRecord
from customers.merging.moving import Move, move_all
from customers.merging.snapshots import snapshot


@patiently
def merge(survivor, others, values=None, *, by, holder=None, versions=None) -> Merge:
    """Put `others` (1 to 19 records) into `survivor`, with all that hangs on them.

    `values` are the fields of the result as the room's own update takes them; what is not given is proposed. The result
    belongs to the owner of `holder`, one of the records. `versions` maps ids to the versions the person saw. Asked for a
    second time, it gives the merge that was made.
    """
    kind = kind_named(survivor.noun)
    wanted = _wanted(survivor, others)
    with event(events.merged(kind.noun), by=by) as found:
        require(by, f"{kind.noun}.merge")
        rows = hold(kind, wanted, by)
        if len(rows) < len(wanted):
            if done := merge_of(kind, survivor, wanted):
                return done
            raise out_of_reach()
        for row in rows.values():
            kind.refuse(row, by)
        survivor, others = rows[survivor.pk], [row for pk, row in sorted(rows.items()) if pk != survivor.pk]
        for pk, version in (versions or {}).items():
            refuse_stale(rows[pk], version)
        if holder is not None and holder.pk not in rows:
            raise Invalid(_("This is none of the records that are merged."), field="owner_of", code="not_merged")
        return _merge(kind, survivor, others, values or {}, holder and rows[holder.pk], found)


def unmerge(merge, *, by):
    """Take a merge back within thirty days: each record gets its own values and rows again.

    What was changed since stays on the survivor; the answer lists it.
    """
    return undoing.take_back(merge, by=by)


def _wanted(survivor, others):
    ids = {survivor.pk, *(row.pk for row in others)}
    if any(type(row) is not type(survivor) for row in others):
        raise Invalid(_("Only records of one kind can be merged."), code="not_mergeable")
    if not 2 <= len(ids) <= proposing.MOST:
        raise Invalid(_("Choose 2 to %(most)d records to merge.") % {"most": proposing.MOST}, field="others", code="how_many")
    return ids


def _merge(kind, survivor, others, values, holder, found):
    records, by = [survivor, *others], found.actor
    values = _values(kind, survivor, records, values, by)
    holder = holder or _holder(survivor, records, by)
    row = Merge.objects.create(noun=kind.noun, survivor_id=survivor.pk, event_id=found.id, by=by, at=clock.now())
    journal = MergedRecord.objects.bulk_create(_entry(row, record, survivor) for record in records)
    _give(kind, survivor, others, holder, found)
    move = Move(row, survivor, [other.pk for other in others])
    _take_out(others)
    kind.prepare(move)
    move_all(move)
    survivor = kind.update(survivor, values, by=by)
    survivor.store(*kind.join(survivor, others))
    for follow in followers:
        follow(kind, [survivor.pk], found)
    survivor.refresh_from_db()
    MergedRecord.objects.filter(pk=journal[0].pk).update(after=snapshot(survivor))
    _tell(found, row, survivor, others, move)
    return row


def _values(kind, survivor, records, values, by):
    """What was chosen, and for the rest what is proposed; no pointing at a record that goes away."""
    proposed = proposing.proposal(kind, survivor, records, by)
    if unknown := set(values) - set(proposed):
        raise Invalid(_("This field cannot be set."), field=min(unknown), code="unknown_field")
    values = proposed | values
    for field, value in values.items():
        if isinstance(value, kind.model) and value.pk in {record.pk for record in records}:
            raise Invalid(_("This is one of the records that are merged."), field=field, code="merged_itself")
    own = {field: proposing.value_of(survivor, field) for field in values}
    return {field: value for field, value in values.items() if value != own[field]}


def _holder(survivor, records, by):
    """Nobody's customers go to the owner of one of the others, where the person may give them."""
    best = proposing.best_holder(survivor, records)
    return best if by.may(f"{survivor.noun}.assign") else survivor


def _entry(row, record, survivor):
    return MergedRecord(merge=row, noun=row.noun, object_id=record.pk, is_gone=record.pk != survivor.pk, before=snapshot(record))


def _give(kind, survivor, others, holder, found):
    """The result belongs to one owner, and so does what the others still had to do."""
    owner, pool = holder.owner, getattr(holder, "pool", None)
    former = {row.pk: row.owner_id for row in (survivor, *others) if row.owner_id and row.owner_id != (owner and owner.pk)}
    if owner is not None and kind.noun == "companies":
        ownership.pass_on(former, owner)
    if (survivor.owner_id, getattr(survivor, "pool_id", None)) == (holder.owner_id, getattr(holder, "pool_id", None)):
        return
    require(found.actor, f"{kind.noun}.assign", survivor)
    ownership.hand_over(
        f"{kind.noun}.assigned", [survivor], to=owner, by=found.actor, pool=pool, cause="merged", data=lambda row: {"name": row.name, "count": 1}
    )
    if kind.noun == "companies":
        ownership.carry_children([survivor.pk], owner)


def _take_out(others):
    """They leave lists and search; the ids by which other systems know them are free for the survivor."""
    for row in others:
        row.deleted_at, row.external_id = clock.now(), ""
        row.store("deleted_at", "external_id")


def _tell(found, row, survivor, others, move):
    found.subject = survivor
    found.data.update(
        merge=row.pk,
        merged=[other.pk for other in others],
        names=[str(other) for other in others],
        owners=sorted({other.owner_id for other in others if other.owner_id and other.owner_id != survivor.owner_id}),
        moved=sum(move.counts.values()),
        name=str(survivor),
    )
    found.about(*others)
