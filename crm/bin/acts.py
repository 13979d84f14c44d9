"""Reading the bin: who put a record there, what went with it, and to what it belongs."""

from collections import Counter, defaultdict
from datetime import timedelta

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.activity.models import About
from crm.activity.spine import kind_of
from crm.bin.belongings import belongings, of
from crm.bin.models import days_kept
from crm.bin.waysback import ways_back
from crm.core import clock
from crm.core.keyset import Sort

BY_DELETION = Sort("deleted", _("Newest first"), "deleted_at", descending=True)


def along(record) -> dict:
    """What went into the bin with this record and still lies there: rows by noun."""
    found = {}
    for belonging in of(record.noun):
        rows = list(belonging.rows([record.pk]).filter(deleted_at=record.deleted_at).select_related("owner").order_by("pk")) if record.deleted_at else []
        if rows:
            found[belonging.model.noun] = rows
    return found


def along_counts(records) -> dict:
    """How much went with each of these records of one kind: `{id: [(words, number)]}`; as many queries for all as for one."""
    moments = {record.pk: record.deleted_at for record in records}
    counts = defaultdict(Counter)
    for belonging in of(records[0].noun) if records else ():
        meta = belonging.model._meta
        rows = belonging.rows(list(moments)).filter(deleted_at__in=set(moments.values())).order_by()
        for holder, moment in rows.values_list(belonging.field, "deleted_at"):
            if moments[holder] == moment:
                counts[holder][meta.verbose_name_plural] += 1
    return {pk: list(found.items()) for pk, found in counts.items()}


def takers(records) -> dict:
    """Who put each of these records of one kind into the bin, by id; one query."""
    if not records:
        return {}
    kind = kind_of(records[0])
    links = About.objects.filter(kind=kind, object_id__in=[record.pk for record in records], activity__kind=kind, activity__object_id=F("object_id"))
    told = links.filter(activity__verb=f"{records[0].noun}.deleted").order_by("object_id", "-at", "-activity_id").distinct("object_id")
    return {link.object_id: link.activity.actor for link in told.select_related("activity__actor")}


def holders_of(record):
    """The records to which this one belongs, in the bin or not."""
    for belonging in _ways_up(type(record)):
        pk = belonging.holder_id(record)
        if pk is not None:
            yield ways_back[belonging.holder].model._base_manager.get(pk=pk)


def held_with(records) -> dict:
    """Of records of one kind those that went into the bin with another one: its id → that other; a query for each kind of holder."""
    return {row.pk: holder for row, holder in holders_in_bin(records) if holder.deleted_at == row.deleted_at}


def holders_in_bin(records):
    """Each of these records of one kind with what it belongs to and lies in the bin, if anything; a query for each kind of holder."""
    for belonging in _ways_up(type(records[0])) if records else ():
        wanted = {row.pk: belonging.holder_id(row) for row in records}
        holders = ways_back[belonging.holder].model._base_manager.exclude(deleted_at=None).in_bulk([pk for pk in wanted.values() if pk])
        yield from ((row, holders[wanted[row.pk]]) for row in records if wanted[row.pk] in holders)


def days_left(record) -> int:
    """How many days are left until it is removed for good."""
    return max(0, (record.deleted_at + timedelta(days=days_kept()) - clock.now()).days)


def has_names(model) -> bool:
    """Whether records of the kind have a name to be found by."""
    return any(field.name == "name" for field in model._meta.concrete_fields)


def named(rows, text):
    """Of these rows in the bin those whose name holds the text; kinds without a name are not narrowed."""
    return rows.filter(name__icontains=text) if text and has_names(rows.model) else rows


def page_of(holder):
    """The page of the bin in which a record lies."""
    way = ways_back.get(holder.noun)
    return reverse(way.page) if way else ""


def _ways_up(model):
    return [one for one in belongings if one.model is model and one.attribute and one.holder in ways_back]
