"""Chance that is the same on every machine for one seed."""

import random
import zlib


class Draw:
    """Everything random is drawn from here; two with the same seed say the same."""

    def __init__(self, seed):
        self._random = random.Random(seed)
        self._given: set = set()
        self.number = self._random.randrange
        self.sample = self._random.sample
        self.shuffle = self._random.shuffle

    def chance(self, share: float) -> bool:
        """Yes in this share of calls."""
        return self._random.random() < share

    def pick(self, things):
        """One of a sequence."""
        return things[int(self._random.random() * len(things))]

    def weighted(self, weights: dict):
        """One of the keys, as often as its weight says."""
        return self._random.choices(list(weights), list(weights.values()))[0]

    def uneven(self, things):
        """One of a sequence, the first ones far more often, as with names."""
        return things[int(self._random.random() ** 1.5 * len(things))]

    def unused(self, make):
        """What `make` gives, called until it is something that was not given before: a domain has one owner."""
        while not self.claim(made := make()):
            pass
        return made

    def claim(self, thing) -> bool:
        """Take this for oneself; whether nobody had it before."""
        free = thing not in self._given
        self._given.add(thing)
        return free

    def digits(self, count: int) -> str:
        """So many random digits."""
        return "".join(self._random.choices("0123456789", k=count))


def mixed(words) -> list[str]:
    """The words in an order that has nothing to do with the alphabet, and is always the same."""
    return sorted(set(words), key=lambda word: (zlib.crc32(f"order:{word}".encode()), word))


def in_unseen_half(word: str) -> bool:
    """Half of all words, the same half for ever: what a search was tried on says nothing about the other one."""
    return zlib.crc32(f"half:{word}".encode()) % 2 == 1
