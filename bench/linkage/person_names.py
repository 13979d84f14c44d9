"""Names of people."""

from bench.linkage.lists.persons import COMMON_GIVEN, RARE_SURNAMES, SURNAMES


def new_name(words, draw) -> str:
    """A surname by its frequency with a given name; every tenth is one of those that thousands have."""
    surname = draw.pick(RARE_SURNAMES) if draw.chance(0.03) else draw.uneven(SURNAMES)
    return surname + (draw.uneven(COMMON_GIVEN) if draw.chance(0.12) else draw.pick(words.given_names))


def surname_of(name: str) -> str:
    """欧阳 of 欧阳静, 王 of 王伟."""
    return name[:2] if name[:2] in RARE_SURNAMES and len(name) > 2 else name[:1]
