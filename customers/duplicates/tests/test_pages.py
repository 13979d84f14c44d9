"""Deciding on pairs in the browser."""

from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from customers.duplicates.models import DuplicatePair
from customers.merging import services as merging
from customers.merging.models import Merge

pytestmark = pytest.mark.django_db
PAGE = "/customers/companies/duplicates/"
State = DuplicatePair.State


@pytest.fixture
def pair(make_company):
    """Two writings of one company, on the list."""
    one, two = make_company("苏州恒立达精密机械有限公司"), make_company("苏州市恒立达精密机械")
    DuplicatePair.objects.all().delete()
    said = {"same": ["phone", "company"], "near": [], "other": ["address"]}
    return DuplicatePair.objects.create(noun="companies", left_id=one.pk, right_id=two.pk, score=0.987, decision="same", reasons=said)


def test_a_pair_stands_side_by_side_with_why_it_was_found(pair, people, in_english):
    page = in_english(people.manager).get(PAGE).content.decode()
    assert "98%" in page
    assert "same phone, company name" in page
    assert "Almost certainly the same" in page
    assert page.count("苏州恒立达精密机械有限公司") > 1


def test_not_the_same_takes_the_pair_off_the_list_for_good_and_can_be_taken_back(pair, people, in_english):
    browser = in_english(people.manager)
    browser.post(f"/customers/duplicates/{pair.pk}/decision/", {"state": "different"})
    pair.refresh_from_db()
    assert (pair.state, pair.decided_by) == (State.DIFFERENT, people.manager)
    assert "No pairs are waiting" in browser.get(PAGE).content.decode()
    browser.post(f"/customers/duplicates/{pair.pk}/reopening/")
    assert "98%" in browser.get(PAGE).content.decode()


def test_a_merged_pair_leaves_the_list_and_is_back_once_the_merge_is(pair, people, in_english):
    browser = in_english(people.manager)
    answer = browser.post("/customers/companies/merging/", {"ids": f"{pair.left_id},{pair.right_id}", "survivor": pair.left_id, "next": PAGE})
    assert (answer.status_code, answer["Location"]) == (303, PAGE)
    assert "No pairs are waiting" in browser.get(PAGE).content.decode()
    merging.unmerge(Merge.objects.get(survivor_id=pair.left_id), by=people.manager)
    assert "98%" in browser.get(PAGE).content.decode()


def test_who_may_not_merge_both_records_is_told_of_no_pair(pair, people, signed_in):
    browser = signed_in(people.rep_c)
    assert browser.get(PAGE).status_code in (200, 403)
    assert "恒立达" not in browser.get(PAGE).content.decode()
    assert browser.post(f"/customers/duplicates/{pair.pk}/decision/", {"state": "different"}).status_code == 404


def test_pairs_that_only_belong_together_stand_on_a_page_of_their_own(pair, people, in_english):
    DuplicatePair.objects.update(decision="related")
    browser = in_english(people.manager)
    assert "No pairs are waiting" in browser.get(PAGE).content.decode()
    assert "They belong together, but are not one" in browser.get(f"{PAGE}?part=related").content.decode()


def test_a_list_of_thirty_pairs_costs_as_many_queries_as_one_pair(pair, people, make_company, in_english):
    browser = in_english(people.manager)
    browser.get(PAGE)
    with CaptureQueriesContext(connection) as one:
        browser.get(PAGE)
    rows = [make_company(f"苏州第{number}机械厂").pk for number in range(31)]
    values = {"noun": "companies", "score": 0.5, "decision": "review", "reasons": pair.reasons}
    DuplicatePair.objects.bulk_create(DuplicatePair(left_id=left, right_id=right, **values) for left, right in pairwise(rows))
    with CaptureQueriesContext(connection) as thirty:
        browser.get(PAGE)
    assert len(thirty) == len(one)


def test_a_search_is_started_by_hand_once(people, signed_in, pair):
    browser = signed_in(people.admin)
    first = browser.post(f"{PAGE}search/")
    second = browser.post(f"{PAGE}search/")
    assert first["Location"] == second["Location"]
    assert first["Location"].startswith("/jobs/")


def test_who_reaches_only_a_part_of_the_records_cannot_search_all_of_them(people, in_english, pair):
    browser = in_english(people.rep_a)
    assert "Search now" not in browser.get(PAGE).content.decode()
    assert browser.post(f"{PAGE}search/").status_code == 403
    assert "Search now" in in_english(people.admin).get(PAGE).content.decode()
