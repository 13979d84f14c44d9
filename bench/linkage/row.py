"""What rows of firms and of people have in common while they are being made."""

from bench.linkage.corruptions.register import REGISTER

ENOUGH = 6  # points of knowledge that a row shares with an earlier one of its entity


class Row:
    """Cells, the list of what was done to them, and the knowledge that is lost by it."""

    def __init__(self, firm):
        self.firm, self.keeps = firm, firm.keeps
        self.cells: dict[str, str] = {}
        self.did: list[str] = []
        self.lost: set[str] = set()

    def facts(self) -> dict[str, int]:
        """What a reader learns from this row, and how many points it tells."""
        raise NotImplementedError

    def linked(self, others) -> bool:
        """Does another row know enough of what this one knows?"""
        mine = self.facts()
        return any(sum(points for fact, points in mine.items() if fact in other.facts()) >= ENOUGH for other in others)

    def give_back(self, column: str, value: str):
        """Undo what was done to this column."""
        self.cells[column] = value
        self.lost.discard(column)
        self.did = [done for done in self.did if done not in REGISTER or column not in REGISTER[done].loses]

    def forget_unseen_notes(self, column: str, prefix: str = "", stages=()):
        """What was done to an empty column changed nothing, so it explains nothing; and nothing is said twice."""
        if not self.cells[column]:
            self.did = [done for done in self.did if not (prefix and done.startswith(prefix)) and (done not in REGISTER or REGISTER[done].stage not in stages)]
        self.did = list(dict.fromkeys(self.did))
