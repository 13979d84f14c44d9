"""The spine: one row for every change, kept for ever, with the old rows tied to it."""

import pytest
from django.db import DatabaseError, connection, transaction

from crm.activity.models import Activity, Once, Pending
from crm.activity.spine import change, current_event, event, record_many
from crm.core.errors import Conflict
from customers.companies import services as companies
from customers.models import Company

pytestmark = pytest.mark.django_db


@pytest.fixture
def company(people):
    return companies.create({"name": "上海云帆科技有限公司"}, by=people.rep_a)


def old_rows(company):
    return list(company.history.order_by("pgh_id").values_list("pgh_context__event", "notes"))


def test_a_verb_leaves_one_event_with_who_what_and_by_which_path(company, people):
    made = Activity.objects.get(verb="companies.created")
    assert (made.actor, made.object_id, made.via) == (people.rep_a, company.pk, "command")
    assert Pending.objects.filter(activity=made).exists()


def test_a_verb_that_fails_leaves_neither_change_nor_event(company, people):
    before = Activity.objects.count()

    def breaks():
        with change("companies.updated", company, by=people.rep_a) as (fresh, _found):
            fresh.notes = "half"
            fresh.store("notes")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        breaks()
    company.refresh_from_db()
    assert company.notes == ""
    assert Activity.objects.count() == before
    assert current_event() is None


def test_nested_verbs_keep_their_own_event_on_the_old_rows(company, people):
    with change("tests.outer", company, by=people.rep_a) as (fresh, outer):
        fresh.notes = "outer, before"
        fresh.store("notes")
        with change("tests.inner", fresh, by=people.rep_a) as (again, inner):
            again.notes = "inner"
            again.store("notes")
        again.notes = "outer, after"
        again.store("notes")
    assert old_rows(company) == [(outer.id, ""), (inner.id, "outer, before"), (outer.id, "inner")]


def test_a_bulk_update_and_raw_sql_are_in_the_history_too(company, people):
    with event("tests.bulk", by=people.rep_a) as found:
        Company.objects.filter(pk=company.pk).update(notes="bulk")
        with connection.cursor() as cursor:
            cursor.execute("UPDATE customers_company SET notes = 'raw' WHERE id = %s", [company.pk])
        record_many("tests.bulk", [company], by=people.rep_a)
    assert old_rows(company) == [(found.id, ""), (found.id, "bulk")]


@pytest.mark.parametrize("attempt", ["UPDATE activity_activity SET verb = 'x'", "DELETE FROM activity_activity"])
def test_the_database_refuses_to_change_or_remove_what_happened(company, attempt):
    with pytest.raises(DatabaseError, match="append_only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attempt)
    assert Activity.objects.filter(verb="companies.created").exists()


def test_the_same_key_gives_the_same_record_and_other_input_is_refused(people):
    first = companies.create({"name": "甲公司"}, by=people.rep_a, once="k1")
    assert companies.create({"name": "甲公司"}, by=people.rep_a, once="k1") == first
    with pytest.raises(Conflict):
        companies.create({"name": "乙公司"}, by=people.rep_a, once="k1")
    assert Activity.objects.filter(verb="companies.created").count() == 1


def test_two_people_may_use_the_same_key(people):
    first = companies.create({"name": "甲公司"}, by=people.rep_a, once="k1")
    assert companies.create({"name": "丙公司"}, by=people.rep_b, once="k1") != first


def test_identical_requests_at_once_make_one_record_and_all_get_it(people, run_together):
    """R3: the double click, five times over."""
    for number in range(5):
        key = f"round {number}"
        given = {"name": f"同时提交 {number} 有限公司"}
        found = run_together(lambda _n, given=given, key=key: companies.create(given, by=people.rep_a, once=key).pk, 4)
        assert len(set(found)) == 1, found
        assert Company.objects.filter(name=given["name"]).count() == 1
    assert Once.objects.count() == 5
