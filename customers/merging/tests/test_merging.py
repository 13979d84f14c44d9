"""Several companies become one, and several again (PRODUCT A4.7, A4.8)."""

import pytest

from customers.merging import services

pytestmark = pytest.mark.django_db


def test_what_two_companies_have_is_together_and_apart_again(people, make_company, make_contact):
    first = make_company("苏州恒立达精密机械有限公司", tags=["重点"], industry="machinery")
    second = make_company("苏州恒立达机械", tags=["联网"], address="星湖街 218 号", by=people.rep_c)
    own, other = make_contact(first), make_contact(second, "陈莉", mobile="13912340000", by=people.rep_c)
    done = services.merge(first, [second], by=people.manager)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.tags, first.address, second.deleted_at is None) == (["重点", "联网"], "星湖街 218 号", False)
    assert set(first.contacts.all()) == {own, other}
    found = services.unmerge(done, by=people.manager)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.tags, first.address, second.deleted_at) == (["重点"], "", None)
    assert set(second.contacts.all()) == {other}
    assert (found.left, found.edits, found.added) == ({}, {}, {})
