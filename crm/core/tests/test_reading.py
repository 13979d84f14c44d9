"""Reading no more than is shown, and never less."""

import pytest

from crm.accounts.models import User
from crm.core.reading import keys_of, one, with_names
from customers.companies.models import Company

pytestmark = pytest.mark.django_db


def test_the_only_row_or_none(people):
    assert one(User.objects.filter(pk=people.rep_a.pk)) == people.rep_a
    assert one(User.objects.filter(pk=0)) is None


def test_of_related_records_only_what_names_them_is_read_and_the_rest_when_it_is_asked_for(people, make_company, django_assert_num_queries):
    make_company("南湖精工有限公司")
    with django_assert_num_queries(1):
        found = with_names(Company.objects.all(), "owner", "team", "parent").get()
        assert (str(found.owner), str(found.team), found.parent) == (people.rep_a.name, people.east_1.name, None)
    assert "email" in found.owner.get_deferred_fields()
    assert found.owner.email == people.rep_a.email
    assert "notes" not in found.get_deferred_fields()


def test_what_a_further_step_leads_through_is_read_whole(people, make_company):
    child = make_company("南湖精工苏州有限公司", parent=make_company("南湖精工有限公司"))
    found = with_names(Company.objects.filter(pk=child.pk), "parent", "parent__owner").get()
    assert found.parent.get_deferred_fields() == set()


def test_the_rows_of_several_selections_are_told_apart_by_their_mark(people, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = keys_of(
            [
                (1, User.objects.filter(pk__in=[people.rep_a.pk, people.rep_b.pk])),
                (2, User.objects.filter(pk__in=[])),
                (3, User.objects.filter(name="100%", pk=people.rep_a.pk)),
                (4, User.objects.filter(name=people.rep_a.name).order_by("name")),
            ]
        )
    assert found == {(1, people.rep_a.pk), (1, people.rep_b.pk), (4, people.rep_a.pk)}
    with django_assert_num_queries(0):
        assert keys_of([(1, User.objects.none())]) == set()
