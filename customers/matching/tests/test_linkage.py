"""Candidates, learning and groups, on arrays small enough to be worked out by hand."""

import numpy as np

from customers.matching.linkage.blocking import candidates, together
from customers.matching.linkage.clustering import cluster
from customers.matching.linkage.comparing import Comparison, number_like
from customers.matching.linkage.fields import coded
from customers.matching.linkage.sets import shared


def pairs(*columns, **options):
    left, right = candidates([np.array(column) for column in columns], **options)
    return set(zip(left.tolist(), right.tolist(), strict=True))


def groups(rows, *odds):
    left, right, value = (np.array(part) for part in zip(*odds, strict=True))
    found = cluster(rows, left, right, value.astype(float))
    return {frozenset(np.flatnonzero(found == group).tolist()) for group in set(found.tolist())}


def test_rows_that_share_a_value_are_candidates_and_a_missing_value_is_shared_by_nobody():
    assert pairs([5, 7, 5, -1, -1]) == {(0, 2)}


def test_of_a_value_that_too_many_share_a_second_thing_is_asked():
    assert pairs([1, 1, 1, 1], [3, 4, 3, -1], largest=3) == {(0, 2)}
    assert together(np.array([1, 1, -1]), np.array([2, 3, 2])).tolist()[2] == -1


def test_between_two_tables_only_pairs_across_count():
    assert pairs([1, 1, 1], groups=np.array([0, 0, 1])) == {(0, 2), (1, 2)}


def test_a_slip_of_the_finger_is_a_small_step_and_a_missing_value_says_nothing():
    close, steps = number_like()
    column = coded(["13800138000", "13800183000", "13900138099", "", "18612345678"])
    comparison = Comparison("phone", column, steps, close)
    left, right = np.zeros(5, dtype=int), np.arange(5)
    assert comparison.levels(left, right).tolist() == [1, 2, 4, 0, 4]


def test_rows_with_several_numbers_agree_when_they_share_one():
    numbers = shared("phone", [["01068881234", "13800138000"], ["13800138000"], ["68881234"], [], ["13900000000"]])
    assert numbers.levels(np.zeros(5, dtype=int), np.arange(5)).tolist()[1:] == [1, 2, 0, 3]


def test_a_slip_in_a_number_of_a_person_is_near_where_it_is_asked_for():
    numbers = [["+8613800138000"], ["+8613800183000"], ["+8613800139000"], ["+8613900138099"]]
    assert shared("mobile", numbers, slips=True).levels(np.zeros(4, dtype=int), np.arange(4)).tolist() == [1, 2, 2, 3]
    assert shared("mobile", numbers).levels(np.zeros(4, dtype=int), np.arange(4)).tolist() == [1, 3, 3, 3]


def test_a_chain_of_likenesses_makes_no_group_when_its_ends_are_strangers():
    assert groups(3, (0, 1, 8.0), (1, 2, 3.0)) == {frozenset({0, 1}), frozenset({2})}
    assert groups(3, (0, 1, 8.0), (1, 2, 6.0)) == {frozenset({0, 1, 2})}


def test_one_bar_keeps_two_groups_apart():
    assert groups(4, (0, 1, 9.0), (2, 3, 9.0), (1, 2, 5.0), (0, 3, -60.0)) == {frozenset({0, 1}), frozenset({2, 3})}
