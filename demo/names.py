"""Made-up companies and people, each name once."""

from demo import words

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


class Names:
    """Draws names that have not been drawn before."""

    def __init__(self, rng):
        self.rng, self.taken, self.number = rng, set(), 0

    def company(self):
        """Values of a company: name, short name, region, industry."""
        while True:
            city = self.rng.choice(list(words.CITIES))
            core = self.rng.choice(words.CORE_FIRST) + self.rng.choice(words.CORE_SECOND)
            trade = self.rng.choice(list(words.TRADES))
            name = f"{city}{core}{trade}{self.rng.choice(words.FORMS)}"
            if core + trade not in self.taken:
                self.taken.add(core + trade)
                place = words.CITIES[city][:4]
                return {"name": name, "short_name": core, "region": place, "industry": words.TRADES[trade]}

    def person(self):
        """A name and a position with its part in decisions."""
        position, part = self.rng.choice(words.POSITIONS)
        return self.rng.choice(words.SURNAMES) + self.rng.choice(words.GIVEN), position, part

    def mobile(self):
        """A number of the right form that is given to nobody twice."""
        self.number += 1
        return f"1{self.rng.choice('3578')}{self.rng.randrange(10)}{(self.number * 7919 + 10_000_000) % 100_000_000:08d}"

    def credit_code(self, region):
        """A code with a right check character (GB 32100-2015)."""
        body = "91" + (region + "00")[:6] + "MA" + "".join(self.rng.choice(ALPHABET) for _n in range(7))
        total = sum(ALPHABET.index(mark) * weight for mark, weight in zip(body, WEIGHTS, strict=True))
        return body + ALPHABET[(31 - total % 31) % 31]
