"""A morning, and promises made on it."""

from datetime import timedelta

import pytest

from interactions.followups import services

DAY = timedelta(days=1)


@pytest.fixture
def now(at):
    """Friday morning."""
    return at("2026-11-20 09:30")


@pytest.fixture
def plan(people, company, now):
    """`plan("title", due)`: a follow-up of rep_a with the company."""

    def make(title="回电", due=DAY, by=people.rep_a, **more):
        return services.plan({"title": title, "company": company, "due_at": now + due} | more, by=by)

    return make
