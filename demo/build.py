"""Loading the demo company: the people first, then the story in steps; a try that was cut off is wiped and told anew."""

from contextlib import contextmanager

from django.apps import apps
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from crm.core import clock
from crm.jobs.kinds import handler
from customers.models import Company
from demo import asked, firm, tidying
from demo.closing import Closing
from demo.selling import Selling
from demo.story import Story

KIND = "load_demo"
FLOORS = ("customers", "interactions", "deals", "feedback", "reports", "activity", "notifications")
# What a new house brings along stays.
KEPT = {
    "customers_option", "customers_rule", "customers_weight", "customers_matchrule", "customers_qualitygoal", "customers_searchsetting",
    "deals_stage", "deals_lostreason",
}  # fmt: skip
# The planner must not work from the statistics of empty tables.
ANALYZE_AT = (0.02, 0.1, 0.3)


def build(step):
    """Tell the story up to this moment; `step(share, day)` is a context manager that commits what is done in it."""
    people, pools = firm.build()
    story = Story(people, pools, until=clock.now())
    with transaction.atomic(), clock.at(story.start):
        closing = Closing(story)
        closing.begin()
        Selling(story, closing).begin()
    tidying.plan(story)
    analyze = list(ANALYZE_AT)

    @contextmanager
    def watched(share, day):
        if analyze and share > analyze[0]:
            analyze.pop(0)
            _analyze()
        with step(share, day):
            yield

    story.tell(watched)
    _analyze()
    with step(1, clock.now()):
        tidying.search()
        asked.ask(people)
    return {"events": story.told}


@handler(KIND, title=_("Demo company"), lease=120, limit=1800)
def load(run):
    """The job behind `manage.py load_demo --background`; a second try begins with an empty house again."""
    if run.cursor.get("begun"):
        wipe()
    elif Company.objects.exists():
        return {"events": 0}
    with run.step(0, 100):
        run.cursor["begun"] = True
    return build(lambda share, day: run.step(round(share * 100), 100, day.date().isoformat()))


@contextmanager
def committed(share, day):
    """A step outside a job."""
    with transaction.atomic():
        yield


def wipe():
    """Empty the tables of every floor; only for a demo company that was cut off while it was loaded."""
    tables = {model._meta.db_table for app in FLOORS for model in apps.get_app_config(app).get_models()} - KEPT
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE " + ", ".join(sorted(f'"{table}"' for table in tables)))


def _analyze():
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
