"""What kind of sheet is to be made."""

from dataclasses import dataclass

# Columns that a poor list has not: name, place, address, one number and the code are all there is of a firm.
NOT_IN_NARROW = {
    "companies": frozenset({"mobile", "website", "email", "contact"}),
    "contacts": frozenset({"department", "phone", "wechat", "address", "gender", "birthday"}),
}


@dataclass(frozen=True)
class Trial:
    """`unseen`: the other half of the words and corruptions nobody has met; `narrow`: only the columns that every list has."""

    unseen: bool = False
    narrow: bool = False

    def hidden(self, kind: str) -> frozenset:
        """Columns that this sheet does without."""
        return NOT_IN_NARROW[kind] if self.narrow else frozenset()


SEEN, UNSEEN, NARROW = Trial(), Trial(unseen=True), Trial(narrow=True)
