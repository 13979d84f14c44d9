"""How good a list of pairs is, counted in pairs of rows."""

from collections import Counter
from dataclasses import dataclass
from itertools import groupby

from bench.linkage.clusters import Clusters, pairs_of
from bench.linkage.truth import RELATED, REVIEW, SAME, Pair, Truth


@dataclass(frozen=True)
class Figures:
    """Claimed pairs, the true ones among them, and all that there are to find."""

    claimed: int
    true: int
    wanted: int

    @property
    def precision(self) -> float:
        """Share of the claimed pairs that are true; of none, all are."""
        return self.true / self.claimed if self.claimed else 1.0

    @property
    def recall(self) -> float:
        """Share of the true pairs that are claimed."""
        return self.true / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def clustered(truth: Truth, pairs: list[Pair], decisions=(SAME, REVIEW), threshold: float = float("-inf")) -> Figures:
    """All pairs inside the clusters that pairs of these decisions, with at least this score, make."""
    clusters = join(truth, pairs, decisions, threshold)
    return Figures(clusters.claimed, clusters.true, truth.wanted)


def join(truth: Truth, pairs: list[Pair], decisions=(SAME, REVIEW), threshold: float = float("-inf")) -> Clusters:
    """The clusters themselves."""
    clusters = Clusters(truth.entity)
    for pair in pairs:
        if pair.decision in decisions and pair.score >= threshold:
            clusters.join(pair.left, pair.right)
    return clusters


def alone(truth: Truth, pairs: list[Pair], decision: str = SAME) -> Figures:
    """Only the pairs that are in the list with this decision, nothing concluded from them."""
    said = {frozenset((pair.left, pair.right)) for pair in pairs if pair.decision == decision}
    return Figures(len(said), sum(truth.same(*pair) for pair in said), truth.wanted)


def related(truth: Truth, pairs: list[Pair]) -> dict[str, float]:
    """Of all related pairs, the share that was wrongly called same, sent to review, and rightly called related."""
    decisions = Counter(
        decision for decision, _pair in {(pair.decision, frozenset((pair.left, pair.right))) for pair in pairs if truth.related(pair.left, pair.right)}
    )
    there = truth.related_pairs()
    return {decision: decisions[decision] / there if there else 0.0 for decision in (SAME, REVIEW, RELATED)}


def recall_at(truth: Truth, pairs: list[Pair], level: float, closed: bool = False) -> tuple[float, float | None]:
    """The best recall of a threshold at which precision is not below the level, and that threshold.

    Pairs of equal score stand and fall together. Closed: counted in clusters, not in the pairs alone.
    """
    best, threshold = 0.0, None
    clusters, claimed, true = Clusters(truth.entity), 0, 0
    ordered = sorted((pair for pair in pairs if pair.decision != RELATED), key=lambda pair: -pair.score)
    for score, block in groupby(ordered, key=lambda pair: pair.score):
        for pair in block:
            clusters.join(pair.left, pair.right)
            claimed, true = claimed + 1, true + truth.same(pair.left, pair.right)
        figures = Figures(clusters.claimed, clusters.true, truth.wanted) if closed else Figures(claimed, true, truth.wanted)
        if figures.precision >= level and figures.recall > best:
            best, threshold = figures.recall, score
    return best, threshold


def best_f1(truth: Truth, pairs: list[Pair]) -> tuple[Figures, float | None]:
    """The threshold at which the clusters are best, known only afterwards: what the scores could give at most."""
    best, threshold, clusters = Figures(0, 0, truth.wanted), None, Clusters(truth.entity)
    ordered = sorted((pair for pair in pairs if pair.decision != RELATED), key=lambda pair: -pair.score)
    for score, block in groupby(ordered, key=lambda pair: pair.score):
        for pair in block:
            clusters.join(pair.left, pair.right)
        figures = Figures(clusters.claimed, clusters.true, truth.wanted)
        if figures.f1 > best.f1:
            best, threshold = figures, score
    return best, threshold


def wrongly_joined(truth: Truth, clusters: Clusters) -> Counter:
    """Kind of likeness → false pairs inside the clusters."""
    kinds: Counter = Counter()
    for rows in clusters.all().values():
        wrong = _false_pairs(truth, rows)
        scenes: dict = {}
        for ref in rows:
            if truth.scene.get(ref, ("",))[0]:
                scenes.setdefault(truth.scene[ref], []).append(ref)
        for (kind, _number), inside in scenes.items():
            kinds[kind] += _false_pairs(truth, inside)
            wrong -= _false_pairs(truth, inside)
        kinds["strangers"] += wrong
    return +kinds


def temptations(truth: Truth) -> Counter:
    """Kind of likeness → pairs of rows in the sheet that could be joined wrongly because of it."""
    scenes: dict = {}
    for ref, scene in truth.scene.items():
        if scene[0]:
            scenes.setdefault(scene, []).append(ref)
    kinds: Counter = Counter()
    for (kind, _number), rows in scenes.items():
        kinds[kind] += _false_pairs(truth, rows)
    return kinds


def missed(truth: Truth, clusters: Clusters) -> dict[str, tuple[int, int]]:
    """What was done to a row → (true pairs with such a row that were missed, all of them)."""
    lost, there = Counter(), Counter()
    for left, right in truth.true_pairs():
        done = {*truth.done.get(left, ()), *truth.done.get(right, ())} or {"nothing done"}
        there.update(done)
        if clusters.of(left) != clusters.of(right):
            lost.update(done)
    return {kind: (lost[kind], count) for kind, count in there.items()}


def _false_pairs(truth, rows):
    return pairs_of(len(rows)) - sum(map(pairs_of, Counter(truth.entity[ref] for ref in rows).values()))
