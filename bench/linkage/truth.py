"""What is known about the rows of a sheet, and what a search says about them, read from files."""

import csv
from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from bench.linkage.clusters import pairs_of

SAME, REVIEW, RELATED = "same", "review", "related"


@dataclass(frozen=True)
class Pair:
    """One line of PAIRS.csv."""

    left: str
    right: str
    score: float
    decision: str


class Truth:
    """Whose row each ref is, which entities are related, which scene it comes from and what was done to it."""

    def __init__(self, entity: dict, group: dict | None = None, scene: dict | None = None, done: dict | None = None):
        self.entity, self.group = entity, group or {}
        self.scene, self.done = scene or {}, done or {}
        self.wanted = sum(pairs_of(count) for count in Counter(entity.values()).values())

    def same(self, left: str, right: str) -> bool:
        """Are these rows of one entity?"""
        return self.entity[left] == self.entity[right]

    def related(self, left: str, right: str) -> bool:
        """Are these rows of two entities of one group?"""
        return not self.same(left, right) and bool(self.group.get(left)) and self.group.get(left) == self.group.get(right)

    def related_pairs(self) -> int:
        """How many pairs of rows are related."""
        groups = Counter(group for group in self.group.values() if group)
        inside = Counter(entity for ref, entity in self.entity.items() if self.group.get(ref))
        return sum(map(pairs_of, groups.values())) - sum(map(pairs_of, inside.values()))

    def true_pairs(self):
        """Every pair of rows of one entity."""
        rows: dict = {}
        for ref, entity in self.entity.items():
            rows.setdefault(entity, []).append(ref)
        for refs in rows.values():
            yield from combinations(refs, 2)

    def kind(self, left: str, right: str) -> str:
        """Why somebody might take two different entities for one."""
        here = self.scene.get(left)
        return here[0] if here and here[0] and here == self.scene.get(right) else "strangers"


def read_truth(folder: Path) -> Truth:
    """truth.csv and, if it is there, notes.csv of a folder that a trial has written."""
    rows = _read(folder / "truth.csv")
    notes = _read(folder / "notes.csv") if (folder / "notes.csv").exists() else []
    return Truth(
        {row["ref"]: row["entity"] for row in rows},
        {row["ref"]: row["group"] for row in rows},
        {row["ref"]: (row["scene"], row["number"]) for row in notes},
        {row["ref"]: [done for done in row["done"].split("; ") if done] for row in notes},
    )


def read_pairs(path: Path, truth: Truth) -> list[Pair]:
    """The lines of PAIRS.csv; a row that the truth does not know is refused, as the score would say nothing."""
    pairs = [Pair(row["left_ref"], row["right_ref"], float(row["score"]), row["decision"]) for row in _read(path)]
    strange = {ref for pair in pairs for ref in (pair.left, pair.right)} - truth.entity.keys()
    if strange:
        raise ValueError(f"{len(strange)} rows of the pairs are not in the truth, for example {min(strange)}")
    return [pair for pair in pairs if pair.left != pair.right]


def _read(path):
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))
