"""Several numbers in one cell of a sheet."""

import pytest

from customers.contacts.cleaning import clean
from customers.contacts.several import apart

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("cell", "main", "others"),
    [
        ("13812347788/0512-68881234", "+8613812347788", ["+8651268881234"]),
        ("0512-68881234；138 1234 7788", "+8613812347788", ["+8651268881234"]),
        ("13812347788 13912347788", "+8613812347788", ["+8613912347788"]),
        ("138 1234 7788", "+8613812347788", []),
        ("+86 19804137770;010-53968107", "+8619804137770", ["+861053968107"]),
    ],
)
def test_every_number_of_a_cell_is_kept_and_the_mobile_is_the_main_one(people, make_company, cell, main, others):
    values = clean(apart({"name": "周建明", "company": make_company(), "position": "经理", "mobile": cell}), by=people.admin)
    assert {(known.norm, known.is_primary) for known in values["points"] if known.kind == "mobile" and known.is_primary} == {(main, True)}
    assert [known.norm for known in values["points"] if known.norm != main] == others


def test_what_is_no_list_of_numbers_is_left_as_it_stands():
    assert apart({"mobile": "138/1234/7788", "email": "a@b.cn/c"}) == {"mobile": "138/1234/7788", "email": "a@b.cn/c"}


def test_addresses_stand_side_by_side_too(people, make_company):
    values = clean(apart({"name": "周建明", "company": make_company(), "position": "经理", "email": "zhou@hld.cn; jm@163.com"}), by=people.admin)
    assert [known.norm for known in values["points"]] == ["zhou@hld.cn", "jm@163.com"]
