"""The whole suite shares the people, the clock and the threads of crm/testing/fixtures.py."""

from crm.core import garbage

pytest_plugins = ["crm.testing.bucket", "crm.testing.fixtures", "crm.testing.post", "crm.testing.sheets", "crm.testing.trade", "crm.testing.workers"]


def pytest_collection_finish():
    """All that is loaded stays to the end of the run: the collector, which would look through it again and again, leaves it out."""
    garbage.settle_in()
