"""What came of a run: how many values each rule found, and what became of them."""

from collections import defaultdict

from django.db.models import Count

from customers.quality.models import CleaningRun
from customers.quality.rules import rules

FOUND = "found"


def counts_of(run: CleaningRun) -> dict[str, dict[str, int]]:
    """Rule → state → how many, in the order of the rules; of a dry run how many it found."""
    found: dict = defaultdict(dict)
    if run.is_trial:
        return {code: {FOUND: run.counts[code]} for code, _rule in rules.items() if code in run.counts}
    for rule, state, count in run.proposals.order_by().values_list("rule", "state").annotate(n=Count("pk")):
        found[rule][state] = count
    return {code: found[code] for code, _rule in rules.items() if code in found}
