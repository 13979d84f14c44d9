"""Rows joined into clusters, with the number of pairs they claim and how many of those are true, kept up with every joining."""

from collections import Counter


class Clusters:
    """Union and find over refs; `entity` says whose row each ref is."""

    def __init__(self, entity: dict):
        self._entity = entity
        self._parent: dict = {}
        self._members: dict = {}
        self.claimed = self.true = 0

    def join(self, left, right):
        """Both rows, and all that hangs on them, are one."""
        left, right = self.of(left), self.of(right)
        if left == right:
            return
        small, large = sorted((left, right), key=lambda root: self._members[root].total())
        mine, others = self._members.pop(small), self._members[large]
        self.claimed += mine.total() * others.total()
        self.true += sum(count * others[entity] for entity, count in mine.items())
        others.update(mine)
        self._parent[small] = large

    def of(self, ref):
        """The representative of the cluster that this row is in."""
        if ref not in self._parent:
            self._parent[ref] = ref
            self._members[ref] = Counter([self._entity[ref]])
            return ref
        root = ref
        while self._parent[root] != root:
            root = self._parent[root]
        while self._parent[ref] != root:
            self._parent[ref], ref = root, self._parent[ref]
        return root

    def all(self) -> dict:
        """Representative → rows, for all clusters of two rows and more."""
        found: dict = {}
        for ref in list(self._parent):
            found.setdefault(self.of(ref), []).append(ref)
        return {root: rows for root, rows in found.items() if len(rows) > 1}


def pairs_of(count: int) -> int:
    """How many pairs so many rows make."""
    return count * (count - 1) // 2
