"""The story of the demo company."""

from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import transaction
from django.urls import get_resolver

from crm.core import clock
from crm.jobs.models import Job
from customers.models import Company, DuplicatePair, QualityDay
from deals.models import Lead
from deals.products.models import Product
from demo import asked, build, firm, tidying
from demo.closing import Closing, lines_for
from demo.selling import Selling
from demo.story import Story
from interactions.models import Interaction

pytestmark = pytest.mark.django_db

TUESDAY = datetime(2026, 11, 17, 3, 0, tzinfo=UTC)
FRIDAY = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


@contextmanager
def forgotten():
    """Whatever happens inside leaves no trace."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def told(until):
    """What a short story leaves behind: names of companies, leads and what was said, in their order."""
    with forgotten(), clock.at(until):
        people, pools = firm.build()
        story = Story(people, pools, until=until, weeks=6)
        with clock.at(story.start):
            closing = Closing(story)
            closing.begin()
            Selling(story, closing).begin(leads=25, companies=4)
        story.tell(build.committed)
        return (
            list(Company.objects.order_by("pk").values_list("name", flat=True)),
            list(Lead.objects.order_by("pk").values_list("name", flat=True)),
            list(Interaction.objects.order_by("pk").values_list("at", "key_points")),
        )


def test_told_on_two_days_of_a_week_it_is_the_same_up_to_the_earlier_one():
    friday, tuesday = told(FRIDAY), told(TUESDAY)
    for later, earlier in zip(friday, tuesday, strict=True):
        assert earlier == later[: len(earlier)]
    assert len(tuesday[2]) > 20


def test_everything_happens_in_office_hours_and_nothing_in_the_future():
    with clock.at(FRIDAY):
        people, pools = firm.build()
    story = Story(people, pools, until=FRIDAY)
    saturday_night = datetime(2026, 11, 14, 15, 30, tzinfo=UTC)
    moved = story.working(saturday_night)
    assert (moved.weekday(), 9 <= moved.hour < 18) == (0, True)
    story.at(datetime(2026, 11, 23, 3, 0, tzinfo=UTC), print)
    assert story.coming == []


def test_some_customers_were_entered_twice_and_stand_on_the_list_and_quality_has_a_history():
    with clock.at(FRIDAY):
        people, pools = firm.build()
        story = Story(people, pools, until=FRIDAY, weeks=14)
        with clock.at(story.start):
            closing = Closing(story)
            closing.begin()
            Selling(story, closing).begin(leads=10, companies=60)
        tidying.plan(story)
        story.tell(build.committed)
        tidying.search()
    assert DuplicatePair.objects.filter(noun="companies", decision__in=("same", "review")).count() >= 3
    assert QualityDay.objects.values("day").distinct().count() >= 10


def test_a_demo_that_is_told_anew_keeps_what_a_new_house_brings_along():
    floors = [model for app in build.FLOORS for model in apps.get_app_config(app).get_models()]
    brought = {model: number for model in floors if (number := model._base_manager.count())}
    build.wipe()
    assert {model: model._base_manager.count() for model in brought} == brought


def test_what_was_asked_of_the_background_is_done_to_the_end(run_jobs):
    assert get_resolver().url_patterns  # a list is known once its address is, as in every process of the house
    people, _pools = firm.build()
    asked.ask(people)
    assert run_jobs() == 5
    assert list(Job.objects.exclude(state="done").values_list("kind", "error")) == []


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        # 10 days of service for 24,000 and three pieces at their list price
        ("324000.00", [(3, "100000.00"), (10, "2400.00")]),
        # the services would leave too little for the product
        ("100000.00", [(1, "100000.00")]),
        # not divisible: the last piece takes the odd cents
        ("334000.00", [(2, "103333.33"), (1, "103333.34"), (10, "2400.00")]),
    ],
)
def test_an_order_comes_to_the_amount_of_its_contract(amount, expected):
    product, days = Product(list_price=Decimal(100000)), Product(list_price=Decimal(2400))
    lines = lines_for(Decimal(amount), product, [{"product": days, "quantity": 10, "unit_price": Decimal("2400.00")}])
    assert [(line["quantity"], str(line["unit_price"])) for line in lines] == expected
    assert sum(line["quantity"] * line["unit_price"] for line in lines) == Decimal(amount)
