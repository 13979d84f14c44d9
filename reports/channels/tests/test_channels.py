"""The channel table: the seed's three rows out of loaded rows, and what counts as satisfied and as reached."""

import json
from datetime import timedelta

import plotly.graph_objects as go
import pytest

from crm.activity.dispatch import dispatch_all
from crm.core import clock
from interactions.followups import services as followups
from interactions.log import services as log
from reports.channels.channels import effects
from reports.slices.periods import Period
from reports.slices.slices import Slice

QUARTER = Period.read("2026-Q4")
# contacts, ratings of which so many are 4 or 5, next steps reached within 14 days (of one per contact)
SEED = {"phone": (50, 40, 34, 35), "email": (30, 30, 24, 18), "social": (20, 20, 18, 15)}


@pytest.fixture
def contact(people, make_company):
    """`contact("phone", rating=5, done_after=3)`: a contact with a next step, done after so many days."""
    company = make_company(by=people.rep_a)

    def make(channel, *, rating=None, done_after=None, agreed=True, by=None):
        moment = clock.now()
        step = {"next_step": "回访", "next_step_at": moment + timedelta(days=20)} if agreed else {}
        said = {"company": company, "channel": channel, "subject": "沟通", **({"satisfaction": rating} if rating else {}), **step}
        interaction = log.log(said, by=by or people.rep_a, done=[])
        if done_after is not None:
            with clock.at(moment + timedelta(days=done_after)):
                followups.complete(interaction.agreed.get(), by=by or people.rep_a)
        return interaction

    return make


@pytest.fixture
def seed(at, contact):
    """The rows that lead to the seed's figures."""
    at("2026-10-08 10:00")
    for channel, (contacts, rated, satisfied, reached) in SEED.items():
        for number in range(contacts):
            rating = None if number >= rated else (4 + number % 2 if number < satisfied else 3 - number % 3)
            contact(channel, rating=rating, done_after=number % 15 if number < reached else (15 if number % 2 else None))
    at("2026-11-18 15:00")
    dispatch_all()


def test_the_three_rows_of_the_seed_come_out_exactly(seed, people, signed_in):
    found = {
        one.channel.value: (one.contacts, round(one.satisfaction * 100, 6), round(one.success * 100, 6)) for one in effects(Slice.asked(people.admin), QUARTER)
    }
    assert found == {"phone": (50, 85, 70), "email": (30, 80, 60), "social": (20, 90, 75)}
    text = signed_in(people.admin).get("/reports/channels/", {"period": "2026-Q4"}).content.decode()
    for figure in ("50</a>", "30</a>", "20</a>", ">85%", ">80%", ">90%", ">70%", ">60%", ">75%"):
        assert figure in text
    api = signed_in(people.admin).get("/api/v1/reports/channels/", {"period": "2026-Q4"}).json()["channels"]
    assert [(one["channel"], one["contacts"], one["satisfaction"], one["success"]) for one in api] == [
        ("phone", 50, 0.85, 0.7),
        ("email", 30, 0.8, 0.6),
        ("social", 20, 0.9, 0.75),
    ]


def test_every_count_opens_its_list(seed, people, signed_in):
    client = signed_in(people.admin)
    shown = client.get("/reports/channels/", {"period": "2026-Q4"}).context["effects"]
    for one in shown:
        assert client.get(one["url"]).context["result"].count == one["row"].contacts
        assert client.get(one["rated"]).context["result"].count == one["row"].satisfied


def test_a_step_that_still_has_time_counts_neither_way_and_the_fourteenth_day_is_in_time(people, at, contact):
    at("2026-11-01 10:00")
    contact("phone", done_after=14)
    contact("phone", done_after=15)
    contact("phone", agreed=False)
    at("2026-11-10 10:00")
    contact("phone")
    at("2026-11-18 15:00")
    dispatch_all()
    found = effects(Slice.asked(people.admin), QUARTER)[0]
    assert (found.contacts, found.decided, found.reached, found.satisfaction) == (4, 2, 1, None)


def test_another_team_sees_none_of_it(people, at, contact):
    at("2026-11-01 10:00")
    contact("phone", rating=5)
    dispatch_all()
    assert effects(Slice.asked(people.lead_south), QUARTER) == []
    assert [one.contacts for one in effects(Slice.asked(people.lead_east), QUARTER)] == [1]


def test_the_chart_is_a_figure_that_plotly_takes(seed, people, signed_in):
    figure = signed_in(people.admin).get("/reports/channels/", {"period": "2026-Q4"}).context["figure"]
    go.Figure(json.loads(json.dumps(figure)))
