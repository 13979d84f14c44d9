"""A merge in words: what went into what, what moved, and what stayed when it was taken back."""

from collections import Counter

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count

from crm.activity.fieldchanges import in_words, references
from customers.merging.models import Merge, MergedRecord
from customers.merging.relations import relations

SHOWN = 5


def story_of(merge, survivor, actor):
    """For the page of a merge: the records, the rows that moved, and for one taken back the edits and rows that stayed."""
    return {
        "records": names_of([merge])[merge.pk],
        "moved": _moved(merge),
        "edits": _edits(merge, survivor, actor),
        "added": _rows_in_words(merge.stayed.get("added", {})),
        "left": _rows_in_words(merge.stayed.get("left", {})),
    }


def merges_into(survivor):
    """The latest merges into a record, for the panel on its page: those in force and those taken back lately."""
    found = list(Merge.objects.filter(noun=survivor.noun, survivor_id=survivor.pk).select_related("by").order_by("-pk")[:SHOWN])
    names = names_of(found)
    return [{"merge": merge, "records": names[merge.pk]} for merge in found]


def names_of(merges):
    """The names of the records that went into the survivors, as they were, by the id of the merge: one query for all."""
    found = {merge.pk: [] for merge in merges}
    survivors = {merge.pk: merge.survivor_id for merge in merges}
    for merge_id, pk, before in MergedRecord.objects.filter(merge__in=found).order_by("pk").values_list("merge_id", "object_id", "before__name"):
        if pk != survivors[merge_id]:
            found[merge_id].append({"pk": pk, "name": before})
    return found


def _moved(merge):
    """Pairs of words and number for what went along."""
    rows = merge.moves.order_by().values_list("kind", "field").annotate(n=Count("pk"))
    found = Counter()
    for kind, name, number in rows:
        relation = relations.get(f"{ContentType.objects.get_for_id(kind).model_class()._meta.label}.{name}")
        if relation is not None and relation.counted:
            found[relation.words] += number
    return found.most_common()


def _edits(merge, survivor, actor):
    """What was changed between the merge and its undoing, in words."""
    model = type(survivor)
    columns = {model._meta.get_field(_field(model, name)).column: tuple(values) for name, values in merge.stayed.get("edits", {}).items()}
    wanted = {}
    for related, pk in references(model, columns):
        wanted.setdefault(related, set()).add(pk)
    names = {(related, pk): str(row) for related, ids in wanted.items() for pk, row in related._base_manager.in_bulk(list(ids)).items()}
    return in_words(model, columns, actor, names, survivor)


def _field(model, attname):
    return next(field.name for field in model._meta.concrete_fields if field.attname == attname)


def _rows_in_words(found):
    return [(relations[name].words, len(ids)) for name, ids in found.items() if name in relations]
