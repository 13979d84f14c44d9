"""The whole suite shares the people, the clock and the threads of crm/testing/fixtures.py."""

pytest_plugins = ["crm.testing.bucket", "crm.testing.fixtures", "crm.testing.post", "crm.testing.sheets", "crm.testing.trade", "crm.testing.workers"]
