"""What got worse, where, and by how much: the facts of the sentence that a report opens with."""

from dataclasses import dataclass

from customers.companies.models import Step
from reports.funnel.modes import Asked, Chain, look_by
from reports.funnel.stays import Stay

# Transitions are named by the step they start from.
TRANSITIONS = (Step.POTENTIAL, Step.OPPORTUNITY, Step.SIGNED)
# A difference smaller than this, in points, is no news.
SAME = 0.0005


@dataclass(frozen=True)
class Change:
    """How the rate of one transition compares with the one before."""

    step: Step
    rate: float | None
    before: float | None

    @property
    def difference(self) -> float | None:
        """The change in shares of one; None where one of both is unknown."""
        return None if self.rate is None or self.before is None else self.rate - self.before

    @property
    def tone(self) -> str:
        """Whether it is good, bad or neither."""
        if self.difference is None or abs(self.difference) < SAME:
            return "mute"
        return "ok" if self.difference > 0 else "bad"


@dataclass(frozen=True)
class Share:
    """Which team or person the loss mostly comes from, and how much of it."""

    who: int
    part: float


def changes(now: Chain, before: Chain) -> list[Change]:
    """The three transitions, in their order."""
    return [Change(step, now.rate(step), before.rate(step)) for step in TRANSITIONS]


def worst(found: list[Change]) -> Change | None:
    """The transition that lost most; None where none did."""
    lost = [change for change in found if change.tone == "bad"]
    return min(lost, key=lambda change: change.difference) if lost else None


def best(found: list[Change]) -> Change | None:
    """The transition that gained most; None where none did."""
    gained = [change for change in found if change.tone == "ok"]
    return max(gained, key=lambda change: change.difference) if gained else None


def where(asked: Asked, change: Change, who: str) -> Share | None:
    """Who is short most: customers that would have gone on at the rate before, by owner or team; None with nobody to tell apart."""
    now, before = look_by(asked, who)
    short = _lacking(now, before, change) or _lacking(now, {}, change)
    if len(now) < 2 or not short:
        return None
    key = max(short, key=short.get)
    return Share(key, short[key] / sum(short.values()))


def slowest(stays: list[Stay]) -> Stay | None:
    """The stage that got slower by at least a day, by most; else the one that is furthest over its limit; else None."""
    slower = [stay for stay in stays if stay.slower >= 1]
    if slower:
        return max(slower, key=lambda stay: stay.slower)
    over = [stay for stay in stays if stay.over > 0]
    return max(over, key=lambda stay: stay.over) if over else None


def _lacking(now, before, change):
    """Who lacks how many: against their own rate before, or, where all kept theirs and only the mix changed, against that of all."""
    short = {key: _short(steps, before.get(key, {}), change) for key, steps in now.items()}
    return {key: missing for key, missing in short.items() if missing > 0 and key}


def _short(steps, before, change):
    """How many more would have gone on, had the rate stayed what it was for them (or for all, where they had nobody)."""
    came, went = _count(steps, change.step), _count(steps, change.step + 1)
    came_before, went_before = _count(before, change.step), _count(before, change.step + 1)
    rate = went_before / came_before if came_before else change.before
    return came * rate - went


def _count(steps, step):
    return steps.get(step, 0)
