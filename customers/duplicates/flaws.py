"""Who may stand here twice, for the figures of data quality: records in a pair that nobody has decided yet."""

from django.db.models import Exists, OuterRef, Q

from customers.companies import flaws
from customers.duplicates.models import DuplicatePair

Decision, State = DuplicatePair.Decision, DuplicatePair.State


def in_open_pair(noun: str) -> Q:
    """The condition under which a record lies in an open pair; related ones are not the same."""
    pairs = DuplicatePair.objects.filter(noun=noun, state__in=(State.OPEN, State.LATER)).exclude(decision=Decision.RELATED)
    return Q(Exists(pairs.filter(left_id=OuterRef("pk")))) | Q(Exists(pairs.filter(right_id=OuterRef("pk"))))


flaws.same.add("companies", lambda: in_open_pair("companies"))
flaws.same.add("contacts", lambda: in_open_pair("contacts"))
