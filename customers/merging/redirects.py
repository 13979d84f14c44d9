"""Where a merged record lives on, through any number of merges."""

from crm.core.successors import Successors
from customers.merging.models import MergedRecord


def successors_of(noun) -> Successors:
    """What the loading functions of pages and API are told about one kind of record."""

    def of(pk):
        found, passed = None, set()
        while (step := _gone(noun).filter(object_id=found or pk).values_list("merge__survivor_id", flat=True).first()) and step not in passed:
            found = step
            passed.add(step)
        return found

    return Successors(of, lambda: _gone(noun).values("object_id"))


def _gone(noun):
    return MergedRecord.objects.filter(noun=noun, is_gone=True)
