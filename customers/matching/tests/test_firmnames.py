"""Names of firms as the rules see them (PRODUCT A4.1)."""

from collections import Counter

import pytest

from customers.matching.facts import Facts
from customers.matching.firmnames import difference, firm, half_typed, name_key
from customers.matching.judging import judge
from customers.matching.tests.name_pairs import pairs


def said(one, other):
    """What the service says to two names, provided that the one is found by the key of the other."""
    if name_key(one) != name_key(other):
        return "other"
    verdict = judge(Facts(firm=one), Facts(firm=other))
    return {"same": "same", "related": "related"}.get(verdict.decision, "other") if verdict else "other"


def test_the_list_has_two_hundred_pairs():
    assert len(pairs()) == len(set(pairs())) == 200
    assert min(Counter(expected for _one, _other, expected in pairs()).values()) >= 30


def test_same_names_are_found_and_hardly_anything_else_is_called_the_same():
    called = [(expected, said(one, other), one, other) for one, other, expected in pairs()]
    wrong = [row for row in called if (row[0] == "same") != (row[1] == "same")]
    right = sum(expected == told == "same" for expected, told, _one, _other in called)
    assert right / sum(expected == "same" for expected, *_rest in called) >= 0.95, wrong
    assert right / sum(told == "same" for _expected, told, *_rest in called) >= 0.98, wrong


@pytest.mark.parametrize(("one", "other"), [(one, other) for one, other, expected in pairs() if expected == "related"])
def test_a_branch_a_subsidiary_or_a_sister_is_related_and_never_the_same(one, other):
    assert said(one, other) == "related"
    assert said(other, one) == "related"


def test_one_branch_written_twice_is_the_same_branch():
    assert said("中国建设银行股份有限公司苏州分行", "中国建设银行苏州市分行") == "same"
    assert said("招商银行股份有限公司深圳分行", "招商银行深圳分行") == "same"


@pytest.mark.parametrize("name", ["", "公司", "有限公司", "（）", "12", "北京", "北京市朝阳区", "分公司", "子公司", "🙂", "a" * 300, "恒" * 300])
def test_no_name_is_too_strange_to_be_read(name):
    assert len(name_key(name)) <= 200
    assert firm(name or "x").key is not None


@pytest.mark.parametrize(
    ("one", "other", "piece"),
    [
        ("恒立达科技", "恒立达科技有限公司", "有限公司"),
        ("苏州恒立达", "恒立达", "苏州"),
        ("恒立达科技有限公司", "恒利达科技有限公司", "立/利"),
        ("恒立达", "恒立达", ""),
        ("恒立达科技有限公司", "青岛啤酒", ""),
    ],
)
def test_what_two_names_differ_by_is_said_in_characters(one, other, piece):
    assert difference(one, other) == piece


@pytest.mark.parametrize(
    ("typed", "left"), [("恒立达有", "恒立达"), ("恒立达股份有限", "恒立达"), ("恒立达有限公", "恒立达"), ("恒立达", "恒立达"), ("有", "有"), ("股份", "股份")]
)
def test_a_legal_form_that_is_only_begun_is_no_part_of_the_name(typed, left):
    assert half_typed(typed) == left
