"""Two years of the demo company, told in the order in which they happened: every step is a verb at its own time."""

import heapq
import random
from datetime import datetime, time, timedelta
from itertools import count

from django.utils import timezone

from crm.core import clock, context
from demo.names import Names

SEED = 20260101
WEEKS = 104
# One transaction for so many things: one for all would never see its own statistics and slow down to a crawl.
STEP = 150
OPEN, CLOSE = time(9, 0), time(17, 30)


class Story:
    """A queue of things to come; telling it runs them one after the other, each at its own moment."""

    def __init__(self, people, pools, *, until, weeks=WEEKS):
        self.rng = random.Random(SEED)
        self.names = Names(self.rng)
        self.people, self.pools = people, pools
        self.until = until
        self.start = monday_of(until) - timedelta(weeks=weeks)
        self.length = timedelta(weeks=weeks, days=6)
        self.coming, self.number = [], count()
        self.told = 0

    def at(self, moment, do, *args):
        """Let something happen at a moment, in office hours; what lies beyond today never happens."""
        moment = self.working(moment)
        if moment <= self.until:
            heapq.heappush(self.coming, (moment, next(self.number), do, args))

    def after(self, low, high, do, *args):
        """Let something happen so many days from now, drawn between two bounds."""
        self.at(clock.now() + timedelta(days=self.rng.uniform(low, high)), do, *args)

    def chance(self, share):
        """Whether something happens that happens in this share of all cases."""
        return self.rng.random() < share

    def pick(self, things):
        """One of several things."""
        return self.rng.choice(list(things))

    def tell(self, step):
        """Run everything up to today, some hundred things in each `step(share, day)`, which is one transaction."""
        with context.coming_by("demo"):
            while self.coming:
                moment = self.coming[0][0]
                with step((moment - self.start) / (self.until - self.start), moment):
                    self._tell_some()

    def _tell_some(self):
        for _n in range(min(STEP, len(self.coming))):
            moment, _number, do, args = heapq.heappop(self.coming)
            with clock.at(moment):
                do(*args)
            self.told += 1

    def working(self, moment):
        """The moment moved into office hours of a weekday."""
        local = timezone.localtime(moment, timezone.get_default_timezone())
        if local.time() < OPEN or local.time() > CLOSE:
            minutes = self.rng.randrange(0, 500)
            local = datetime.combine(local.date() + timedelta(days=local.time() > CLOSE), OPEN, local.tzinfo) + timedelta(minutes=minutes)
        while local.weekday() >= 5:
            local += timedelta(days=1)
        return local


def monday_of(moment):
    """The first moment of its week: a story that begins there is the same whenever in the week it is told, up to its end."""
    local = timezone.localtime(moment, timezone.get_default_timezone())
    monday = local.date() - timedelta(days=local.weekday())
    return datetime.combine(monday, time(0), local.tzinfo)
