"""Everything that goes wrong on the way into a sheet; importing this package fills the register."""

from bench.linkage.corruptions import addresses, codes, letters, names, numbers, people, unseen_firms, unseen_people, web
from bench.linkage.corruptions.register import REGISTER, spoil

__all__ = ["REGISTER", "addresses", "codes", "letters", "names", "numbers", "people", "spoil", "unseen_firms", "unseen_people", "web"]
