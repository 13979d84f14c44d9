"""Many records saved at once: each its own values, one more version, and its old row kept."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from crm.core.bulk import store_many
from customers.companies import services
from customers.companies.models import Company


@pytest.fixture
def companies(people):
    return [services.create({"name": f"客户 {number}", "notes": "旧"}, by=people.rep_a) for number in range(3)]


def test_each_row_gets_its_own_values_and_one_more_version(companies, at, django_assert_num_queries):
    moment = at("2026-11-20 09:00").astimezone(UTC)
    for number, company in enumerate(companies):
        company.notes, company.revenue, company.signed_at = f"“{number}”\\'", Decimal(number) / 4, moment if number else None
        company.parent = companies[0] if number else None
    with django_assert_num_queries(1):
        store_many(companies, "notes", "revenue", "signed_at", "parent")
    rows = list(Company.objects.order_by("pk"))
    assert [row.notes for row in rows] == ["“0”\\'", "“1”\\'", "“2”\\'"]
    assert [row.revenue for row in rows] == [0, Decimal("0.25"), Decimal("0.50")]
    assert [row.signed_at for row in rows] == [None, moment, moment]
    assert [row.parent for row in rows] == [None, rows[0], rows[0]]
    assert [(row.version, row.updated_at) for row in rows] == [(2, moment)] * 3
    assert [row.history.get().notes for row in rows] == ["旧"] * 3


def test_other_rows_and_other_fields_stay_as_they_are(companies):
    companies[0].notes, companies[0].name = "新", "别名"
    store_many(companies[:1], "notes")
    assert list(Company.objects.order_by("pk").values_list("name", "notes")) == [("客户 0", "新"), ("客户 1", "旧"), ("客户 2", "旧")]


def test_no_rows_cost_no_statement(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert store_many([], "notes") == []


def test_a_moment_is_stored_to_the_microsecond(companies):
    companies[0].signed_at = datetime(2017, 3, 1, 23, 59, 59, 999999, UTC)
    store_many(companies[:1], "signed_at")
    assert Company.objects.get(pk=companies[0].pk).signed_at == companies[0].signed_at
