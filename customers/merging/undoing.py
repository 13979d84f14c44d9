"""Taking a merge back: every record gets its own values and rows; what was changed since stays on the survivor and is told."""

from dataclasses import dataclass, field

from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from crm.activity import ownership
from crm.activity.spine import event
from crm.core import clock
from crm.core.errors import WrongState
from crm.core.policy import require
from customers.merging import events
from customers.merging.busy import patiently
from customers.merging.holding import hold_rows
from customers.merging.kinds import followers, kind_named
from customers.merging.models import WINDOW, Merge, MergedRecord
from customers.merging.moving import move_back
from customers.merging.relations import counted
from customers.merging.snapshots import python, snapshot

BY_ITSELF = {"id", "updated_at", "version", "deleted_at"}
HOLDER = {"owner_id", "team_id", "pool_id"}
TOLD = 200


@dataclass
class Unmerged:
    """What came of it: the records, and what stayed on the survivor.

    `edits` are its fields that were changed since, `{column: [value after the merge, value now]}`; `added` the ids of rows
    that came since and `left` of those that could not go back, both by the name of their relation.
    """

    merge: Merge
    records: list = field(default_factory=list)
    edits: dict = field(default_factory=dict)
    added: dict = field(default_factory=dict)
    left: dict = field(default_factory=dict)


@patiently
def take_back(merge, *, by) -> Unmerged:
    """See services.unmerge; taken back twice, it gives what came of it the first time."""
    kind = kind_named(merge.noun)
    with event(events.unmerged(kind.noun), by=by) as found:
        merge = Merge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
        journal = {row.object_id: row for row in merge.records.all()}
        if merge.undone_at:
            return Unmerged(merge, _in_order(kind, journal, merge), **merge.stayed)
        _refuse_late(merge)
        _refuse_merged_on(merge, journal)
        hold_rows(kind.model, [merge.survivor_id])
        rows = {row.pk: row for row in kind.model._base_manager.select_for_update(of=("self",)).filter(pk__in=journal).order_by("pk")}
        survivor = rows[merge.survivor_id]
        _refuse_gone(survivor, by)
        kind.refuse(survivor, by)
        answer = Unmerged(merge, edits=_edits(survivor, journal[survivor.pk], kind), added=_added(merge, kind))
        _restore(kind, merge, rows, journal, found)
        answer.left = move_back(merge, kind.model)
        kind.settle(merge)
        _give_back(kind, merge, rows, journal, found)
        for follow in followers:
            follow(kind, list(rows), found)
        _close(merge, answer, by)
        answer.records = _in_order(kind, journal, merge)
        _tell(found, answer)
        return answer


def _in_order(kind, journal, merge):
    """The survivor first, the others by their ids."""
    rows = kind.model._base_manager.in_bulk(list(journal))
    return [rows[pk] for pk in sorted(rows, key=lambda pk: (pk != merge.survivor_id, pk))]


def _refuse_late(merge):
    if clock.now() - merge.at > WINDOW:
        raise WrongState(_("This merge is more than 30 days old and cannot be taken back any more."), code="too_late")


def _refuse_merged_on(merge, journal):
    """Merges are taken back in the reverse of their order, so that each finds its records as it left them."""
    later = MergedRecord.objects.filter(noun=merge.noun, object_id__in=journal, merge__undone_at=None, merge_id__gt=merge.pk)
    last = later.order_by("-merge_id").select_related("merge").first()
    if last is not None:
        sentence = _("One of these records was merged again later. Take that merge back first.")
        raise WrongState(sentence, code="merged_again", facts={"merge": last.merge_id})


def _refuse_gone(survivor, by):
    require(by, f"{survivor.noun}.merge", survivor)
    if survivor.deleted_at:
        raise WrongState(_("The record that was kept lies in the bin. Take it out first."), code="survivor_binned")


def _edits(survivor, entry, kind):
    """The fields that people set and that are not what the merge left, besides the owner."""
    now = snapshot(survivor)
    fields = [found.attname for found in survivor._meta.concrete_fields if found.editable and found.attname not in HOLDER | kind.kept]
    return {name: [entry.after.get(name), now[name]] for name in fields if now[name] != entry.after.get(name)}


def _added(merge, kind):
    """What was put under the survivor since: the latest of each relation."""
    found = {}
    for relation in counted(kind.model):
        if hasattr(relation.model, "created_at"):
            rows = relation.rows(kind.model, [merge.survivor_id]).filter(created_at__gt=merge.at)
            if ids := list(rows.order_by("pk").values_list("pk", flat=True)[:TOLD]):
                found[relation.name] = ids
    return found


def _restore(kind, merge, rows, journal, found):
    """The survivor first: it may carry an id that one of the others gets back."""
    survivor = rows[merge.survivor_id]
    names = _own_again(kind, survivor, journal[survivor.pk])
    survivor.store(*names)
    for pk, row in rows.items():
        if pk != merge.survivor_id:
            row.deleted_at, row.external_id = None, journal[pk].before["external_id"]
            row.store("deleted_at", "external_id")
    MergedRecord.objects.filter(merge=merge).update(is_gone=False)


def _own_again(kind, survivor, entry):
    """Give the survivor its former values where nobody changed them since; the names of the columns."""
    now, names = snapshot(survivor), []
    for name, old in entry.before.items():
        new = entry.after.get(name)
        if name in BY_ITSELF | HOLDER or (old == new and name not in kind.kept):
            continue
        value = _value_again(kind, name, old, new, now[name])
        if value != now[name]:
            setattr(survivor, name, python(survivor, name, value))
            names.append(name)
    return names


def _value_again(kind, name, old, new, now):
    """The value a column gets back: what the rows tell is found anew afterwards; of lists goes what came by the merge."""
    if name in kind.kept or now == new:
        return old
    if isinstance(now, list) and isinstance(old, list) and isinstance(new, list):
        return [entry for entry in now if entry in old or entry not in new]
    return now


def _give_back(kind, merge, rows, journal, found):
    """The former owner gets the survivor back unless it was handed on since; what went along with the merge returns."""
    survivor, entry = rows[merge.survivor_id], journal[merge.survivor_id]
    merged_to, people = entry.after.get("owner_id"), get_user_model().objects
    former = people.filter(pk=entry.before["owner_id"], is_active=True).first()
    pool_id = entry.before.get("pool_id")
    moved = (entry.before["owner_id"], pool_id) != (merged_to, entry.after.get("pool_id"))
    if moved and survivor.owner_id == merged_to and (former or pool_id):
        pool = type(survivor)._meta.get_field("pool").related_model._base_manager.get(pk=pool_id) if pool_id else None
        ownership.hand_over(f"{kind.noun}.assigned", [survivor], to=former, by=found.actor, pool=pool, cause="unmerged", data=lambda row: {"name": row.name})
        if kind.noun == "companies":
            ownership.carry_children([survivor.pk], former)
    if kind.noun == "companies":
        _duties_back(kind, merge, rows, merged_to, survivor)


def _duties_back(kind, merge, rows, merged_to, survivor):
    for row in rows.values():
        if row.owner_id and row.owner_id != merged_to:
            for give_back in ownership.duties_back:
                give_back(merge.event_id, kind.model, {row.pk: merged_to}, row.owner, merge.at)


def _close(merge, answer, by):
    merge.undone_at, merge.undone_by = clock.now(), by
    merge.stayed = {"edits": answer.edits, "added": answer.added, "left": answer.left}
    merge.save(update_fields=["undone_at", "undone_by", "stayed"])


def _tell(found, answer):
    survivor, *others = answer.records
    found.subject = survivor
    found.data.update(
        merge=answer.merge.pk,
        merged=[row.pk for row in others],
        names=[str(row) for row in others],
        stayed=len(answer.edits) + sum(len(ids) for ids in answer.added.values()),
        name=str(survivor),
    )
    found.about(*others)
