"""splink behind `manage.py match --engine splink`: the baseline to measure ours against, and the way onto its distributed backends.

It is an optional extra (`pip install -r requirements-splink.txt`), because it brings 300 MB along. It is given the columns
in the plain forms that our own engine compares, and its weights are learned from the table as ours are.
"""

from itertools import combinations

from django.utils.translation import gettext as _

from crm.core.errors import Invalid
from crm.core.text import squash
from customers.matching import addresses, companynames, personnames, ways
from customers.matching.deciding import Decision

try:
    import splink.comparison_library as comparisons
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on
except ImportError:
    comparisons = None
else:
    import pandas as pd  # splink brings it in anyway; without splink no process pays the second that it takes

SURE, LIKELY = 0.999, 0.9
SEED, RANDOM_PAIRS, TRAINED_ON = 17, 2_000_000, 3
RECALL = 0.5  # of the rule that finds the first certain pairs
NAMES = ("company", "name", "contact", "given_name", "family_name", "street", "city", "address_2")
NUMBERS = ("mobile", "phone", "credit_code", "id_number", "birth_date", "street_number", "postcode")
WHOLE = ("email", "website", "wechat", "province")
PLAIN = {
    "company": lambda text: companynames.parse(squash(text)).core if text else "",
    "name": lambda text: personnames.parse(text).plain if text else "",
    "contact": lambda text: personnames.parse(text).plain if text else "",
    "address": lambda text: addresses.parse(squash(text)).plain if text else "",
    "mobile": lambda text: next(iter(ways.phones(text)), ""),
    "phone": lambda text: next(iter(ways.phones(text)), ""),
    "website": ways.domain,
    "email": ways.mail,
}
# What two rows must share to be compared; a pair of columns where one alone is too common.
ALONE = ("company", "mobile", "phone", "credit_code", "id_number", "email", "website", "wechat", "address")


def link(table, groups=None):
    """Pairs as (left row, right row, probability, decision, what agrees), the surest first; `groups` (0, 1) links two tables."""
    if comparisons is None:
        raise Invalid(_("splink is not installed. Install it with: pip install -r requirements-splink.txt"), code="no_splink", field="engine")
    frame = _frame(table)
    linker = _trained(frame)
    found = linker.inference.predict(threshold_match_probability=LIKELY).as_pandas_dataframe()
    found = found.sort_values("match_probability", ascending=False, kind="stable")
    kinds = [name.removeprefix("gamma_") for name in found if name.startswith("gamma_")]
    best = {kind: found[f"gamma_{kind}"].max() for kind in kinds}
    for row in found.to_dict("records"):
        left, right = sorted((row["unique_id_l"], row["unique_id_r"]))
        if groups is None or groups[left] != groups[right]:
            same = [kind for kind in kinds if row[f"gamma_{kind}"] == best[kind] > 0]
            other = [kind for kind in kinds if row[f"gamma_{kind}"] == 0]
            decision = Decision.SAME if row["match_probability"] >= SURE else Decision.REVIEW
            yield left, right, row["match_probability"], decision, {"same": same, "near": [], "other": other}


def _frame(table):
    columns = {"unique_id": range(table.rows)}
    for kind in (*NAMES, *NUMBERS, *WHOLE, "address"):
        if table.has(kind):
            plain = PLAIN.get(kind, squash)
            columns[kind] = [plain(text) or None for text in table.texts(kind)]
    frame = pd.DataFrame(columns)
    return frame.loc[:, frame.notna().any()]


def _trained(frame):
    there = [kind for kind in frame if kind != "unique_id"]
    alone = [kind for kind in ALONE if kind in there]
    pairs = list(combinations([kind for kind in there if kind not in alone], 2))
    rules = [block_on(kind) for kind in alone] or [block_on(*pair) for pair in pairs]
    rules += [block_on(*pair) for pair in pairs if "name" in pair or "given_name" in pair or "family_name" in pair]
    settings = SettingsCreator(link_type="dedupe_only", comparisons=[_comparison(kind) for kind in there], blocking_rules_to_generate_predictions=rules)
    linker = Linker(DuckDBAPI().register(frame), settings)
    certain = [block_on(*there[:2])]
    linker.training.estimate_probability_two_random_records_match(certain, recall=RECALL)
    linker.training.estimate_u_using_random_sampling(max_pairs=RANDOM_PAIRS, seed=SEED)
    for rule in rules[:TRAINED_ON]:
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    return linker


def _comparison(kind):
    if kind in NUMBERS:
        return comparisons.LevenshteinAtThresholds(kind, [1])
    if kind in WHOLE:
        return comparisons.ExactMatch(kind)
    return comparisons.JaroWinklerAtThresholds(kind, [0.95, 0.88])
