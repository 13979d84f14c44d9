"""The scores as lines to read, and the errors as a file to look through."""

import csv

from bench.linkage import scoring
from bench.linkage.truth import REVIEW, SAME

LEVELS = (1.0, 0.995, 0.99)
LISTED = 500


def lines(truth, pairs, threshold):
    """The whole report, line by line."""
    yield f"{len(truth.entity):,} rows, {truth.wanted:,} true pairs, {truth.related_pairs():,} related ones; {len(pairs):,} pairs scored"
    yield _figures("same or review, clustered", scoring.clustered(truth, pairs, threshold=threshold))
    yield _figures("same, clustered", scoring.clustered(truth, pairs, (SAME,), threshold))
    yield _figures("same, the pairs alone", scoring.alone(truth, pairs))
    yield _figures("review, the pairs alone", scoring.alone(truth, pairs, REVIEW))
    best, where = scoring.best_f1(truth, pairs)
    yield _figures(f"best threshold ({where}), clustered", best)
    for level in LEVELS:
        plain, score = scoring.recall_at(truth, pairs, level)
        closed, closed_score = scoring.recall_at(truth, pairs, level, closed=True)
        yield f"recall at precision {level}: {plain:.4f} (score {score}), clustered {closed:.4f} (score {closed_score})"
    shares = scoring.related(truth, pairs)
    yield "related pairs: " + ", ".join(f"{share:.2%} called {decision}" for decision, share in shares.items())
    clusters = scoring.join(truth, pairs, threshold=threshold)
    yield from _by_kind("wrongly joined", scoring.wrongly_joined(truth, clusters), scoring.temptations(truth))
    yield from _missed("missed", scoring.missed(truth, clusters))


def write_errors(truth, pairs, rows: dict, path, threshold):
    """A file with false pairs of the list and missed true pairs, both rows in full; `rows` is ref → line of the sheet."""
    wrong = [
        ("wrong " + pair.decision, pair.left, pair.right, pair.score)
        for pair in pairs
        if pair.decision in (SAME, REVIEW) and not truth.same(pair.left, pair.right)
    ]
    clusters = scoring.join(truth, pairs, threshold=threshold)
    lost = [("missed", left, right, "") for left, right in truth.true_pairs() if clusters.of(left) != clusters.of(right)]
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["error", "kind", "score", "left_ref", "right_ref", "left_done", "right_done", "left", "right"])
        for error, left, right, score in [*wrong[:LISTED], *lost[:LISTED]]:
            kind = truth.kind(left, right) if error != "missed" else ""
            done = ["; ".join(truth.done.get(ref, ())) for ref in (left, right)]
            writer.writerow([error, kind, score, left, right, *done, rows.get(left, ""), rows.get(right, "")])


def _figures(name, figures):
    return f"{name:<40} precision {figures.precision:.4f}  recall {figures.recall:.4f}  F1 {figures.f1:.4f}  ({figures.true:,} of {figures.claimed:,})"


def _by_kind(title, wrong, there):
    yield f"{title}, by likeness:"
    for kind in sorted({*wrong, *there}, key=lambda kind: -wrong[kind]):
        yield f"  {kind:<36} {wrong[kind]:6,} of {there[kind]:,}" if there[kind] else f"  {kind:<36} {wrong[kind]:6,}"


def _missed(title, kinds):
    yield f"{title}, by what was done to one of the rows:"
    for kind, (lost, there) in sorted(kinds.items(), key=lambda entry: -entry[1][0]):
        yield f"  {kind:<44} {lost:6,} of {there:6,}  {lost / there:.1%}"
