"""The one act behind every “delete” and “restore”: a record goes into the bin, and comes back, with all that belongs to it.

What went in one act carries one moment of deletion, to the microsecond: so what had been deleted on its own before stays
where it is when the rest comes back.
"""

from contextlib import contextmanager

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from crm.activity.spine import change, record_many
from crm.bin.belongings import of, staying
from crm.bin.obstacles import obstacles
from crm.bin.waysback import ways_back
from crm.core import clock
from crm.core.errors import Conflict, Invalid, WrongState


@contextmanager
def held(verb, record, *, by, right=None):
    """Lock the record for a verb of the bin, what belongs to it first, as every verb locks; else as `change`."""
    with transaction.atomic():
        hold(record.noun, [record.pk])
        with change(verb, record, by=by, right=right) as (fresh, found):
            yield fresh, found


def hold(noun, ids):
    """Lock what belongs to these records, before they are locked themselves."""
    for belonging in of(noun):
        list(_locked(belonging.rows(ids)).values_list("pk", flat=True))


def take_along(rows, *, by, verb) -> dict:
    """Let what belongs to these locked records, which lie in the bin since this `verb`, lie there with them; how many of each noun.

    Refused where something of it stays for good: what was signed or paid is ended or refunded, not deleted.
    """
    moments = {row.pk: row.deleted_at for row in rows}
    noun = rows[0].noun if rows else ""
    _refuse_staying(noun, list(moments))
    taken = {}
    for belonging in of(noun):
        found = list(_locked(belonging.rows(list(moments)).filter(deleted_at=None)).annotate(_holder=F(belonging.field)))
        if found:
            _put(belonging, found, moments, by, verb)
            taken[belonging.model.noun] = len(found)
    return taken


def restore(record, verb, *, by, without=(), owner=None, told=lambda record, found: None):
    """Take the record out of the bin with what went in with it; one that is not there stays as it is.

    Refused with the conflicts it meets (`facts["obstacles"]`), unless `without` names the way round each that has one:
    a value it is to come back without, or a child that stays in the bin (`contacts:12`). `owner` gets what belongs to
    somebody who has left.
    """
    way = ways_back[record.noun]
    with held(verb, record, by=by, right=f"{record.noun}.delete") as (record, found):
        if not record.deleted_at:
            found.subject = None
            return record
        left = _left(without)
        met = [one for one in obstacles(record, by) if one.hinders and not one.is_met(without, owner)]
        if met:
            raise Conflict(met[0].sentence, code=met[0].code, field=met[0].field, facts={"obstacles": met})
        moment, record.deleted_at = record.deleted_at, None
        cleared = [name for field in without if field in way.values for name in way.leave_out(record, field)]
        record.store("deleted_at", *cleared)
        back = bring_back([record], moments=[moment], by=by, verb=verb, left=left)
        found.data.update({"along": {noun: len(rows) for noun, rows in back.items()}} if back else {})
        found.data.update({"without": list(without)} if without else {})
        told(record, found)
        _give(record, back, owner, by)
        return record


def bring_back(rows, *, by, verb, moments, left=frozenset()) -> dict:
    """Take out of the bin what went in with these records at these moments; the rows by noun. `left` are (noun, id) that stay."""
    noun, back = rows[0].noun if rows else "", {}
    for belonging in of(noun):
        wanted = belonging.rows([row.pk for row in rows]).filter(deleted_at__in=moments)
        kept = [pk for name, pk in left if name == belonging.model.noun]
        found = list(_locked(wanted.exclude(pk__in=kept)))
        if found:
            _write(belonging, found, None, by, "restored", verb)
            back[belonging.model.noun] = found
    return back


def _left(without):
    """The children that stay in the bin: `contacts:12` in `without`."""
    pairs = (text.partition(":") for text in without if ":" in text)
    return frozenset((noun, int(pk)) for noun, _colon, pk in pairs if pk.isdecimal() and len(pk) < 19)


def _locked(rows):
    return rows.order_by("pk").select_for_update(of=("self",), no_key=True)


def _refuse_staying(noun, ids):
    found, names = {}, []
    for belonging in of(noun):
        rule = staying.get(belonging.model.noun)
        number = belonging.rows(ids).filter(rule.which, deleted_at=None).count() if rule else 0
        if number:
            found[belonging.model.noun] = number
            names.append(rule.words(number) % {"n": number})
    if found:
        sentence = _("This cannot be deleted: %(what)s belong to it and stay. Close it or hand it over instead.")
        raise WrongState(sentence % {"what": _(", ").join(names)}, code="something_stays", facts=found)


def _put(belonging, rows, moments, by, verb):
    by_moment = {}
    for row in rows:
        by_moment.setdefault(moments[row._holder], []).append(row)
    for moment, group in by_moment.items():
        _write(belonging, group, moment, by, "deleted", verb)


def _write(belonging, rows, moment, by, participle, verb):
    """Set the moment of these rows, one statement and an event each; the events stand on their own timelines only."""
    model = belonging.model
    model._base_manager.filter(pk__in=[row.pk for row in rows]).update(deleted_at=moment, updated_at=clock.now(), version=F("version") + 1)
    for row in rows:
        row.deleted_at, row.version = moment, row.version + 1
    record_many(f"{model.noun}.{participle}", rows, by=by, data=lambda row: {"because": verb})
    belonging.settle(rows)


def _give(record, back, owner, by):
    """What belongs to people who have left goes to `owner`."""
    if owner is None:
        return
    if not owner.is_active:
        raise Invalid(_("%(name)s has left and cannot own anything.") % {"name": owner}, field="owner", code="inactive")
    for rows in ([record], *back.values()):
        way = ways_back.get(rows[0].noun)
        gone = [row for row in rows if row.owner_id and not row.owner.is_active]
        if way and way.assign and gone:
            way.assign(gone, to=owner, by=by)
