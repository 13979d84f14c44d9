"""The pure parts of the rules: how things are written, which place is meant, which domain was meant."""

import pytest

from customers.companies import regions
from customers.quality import companyrules, optionwords, places, slips, writing
from customers.quality.rules import reads_the_same, rules, source_words

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("恒立达(上海)科技　有限公司", "恒立达（上海）科技有限公司"),
        ("恒立达 （ 上海 ） 科技有限公司", "恒立达（上海）科技有限公司"),
        ("ＡＢＣ（中国） 有限公司", "ABC（中国）有限公司"),
        ("ACME（China）  Co., Ltd.", "ACME (China) Co., Ltd."),
        ("恒立达\u200b机械", "恒立达机械"),
        ("上海 ABC 科技", "上海 ABC 科技"),
        ("3M中国有限公司", "3M中国有限公司"),
    ],
)
def test_the_name_of_a_firm_is_written_as_registers_write_it(typed, written):
    assert writing.company_name(typed) == written
    assert reads_the_same(typed, written)


def test_a_new_form_that_reads_otherwise_is_no_form():
    assert not reads_the_same("恒立达①厂", "恒立达1厂厂")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("江苏省苏州市昆山市前进西路12号", "320583"),
        ("江苏昆山开发区", "320583"),
        ("苏州工业园区星湖街328号", "320576"),
        ("上海市浦东新区张江路", "310115"),
        ("北京朝阳区望京", "110105"),
        ("北京东城区东直门", "110101"),
        ("深圳市南山区科技园", "440305"),
        ("廣東省東莞市松山湖", "4419"),
        ("吉林省吉林市船营区", "220204"),
        ("重庆市渝北区", "500112"),
        ("内蒙古呼和浩特市赛罕区", "150105"),
        ("朝阳区建国路", ""),  # in Beijing and in Changchun
        ("南京东路100号", ""),  # a road in Shanghai
        ("中山东一路1号", ""),
        ("鼓楼区中山路", ""),  # in five cities
        ("恒立达科技", ""),
    ],
)
def test_an_address_is_read_against_the_division_codes(text, place):
    assert places.of_text(text) == place


def test_every_area_code_means_a_region_that_exists():
    assert len(places.area_codes()) == 72
    assert set(places.area_codes().values()) <= set(regions.names())
    numbers = ("+8651268881234;801", "+861068881234", "+8613800138000", "+864008001234", "+85221234567")
    assert [regions.words(places.of_phone(number)) for number in numbers] == ["江苏 苏州", "北京", "", "", ""]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("wang@gmial.com", "wang@gmail.com"), ("wang@qq.con", "wang@qq.com"), ("wang@163.con", "wang@163.com"), ("wang@hotmial.com", "wang@hotmail.com"),
        ("wang@acme.con", "wang@acme.com"), ("wang@qq.cm", "wang@qq.com"), ("wang@acme.cm", ""), ("wang@mail.com", ""), ("wang@126.com", ""),
        ("wang@163.cn", ""), ("wang@acme.cn", ""),
    ],
)  # fmt: skip
def test_a_domain_is_called_mistyped_only_when_one_usual_domain_was_meant(typed, meant):
    assert slips.meant(typed) == meant


@pytest.mark.parametrize(
    ("text", "code"),
    [("50人", "s100"), ("50-100人", "s100"), ("1000人以上", "s10000"), ("100～499", "s500"), ("19", "s20"), ("约30至600人", None), ("很多", None)],
)
def test_a_size_is_understood_by_its_numbers(text, code):
    assert (optionwords.option_meant("size", text) or (None,))[0] == code


def test_a_size_follows_from_the_number_of_employees():
    assert [optionwords.size_of(count) for count in (19, 20, 99, 100, 999, 1000, 9999, 10_000)] == [
        "s20", "s100", "s100", "s500", "s1000", "s10000", "s10000", "s10001",
    ]  # fmt: skip


def test_a_rule_that_writes_by_itself_neither_fills_nor_doubts():
    assert [code for code, rule in rules.items() if rule.lossless and (rule.fills or rule.doubts)] == []


def test_a_source_is_told_in_words_and_an_unknown_one_says_nothing():
    assert source_words({"code": "colleagues", "domain": "acme.cn", "count": 3, "of": 4}) != ""
    assert source_words({"code": "unheard of"}) == ""


def test_a_phone_that_cannot_be_read_is_left_alone():
    assert companyrules.phone_form("1234567") == ""
    assert companyrules.code_form("123") == ""
