import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.core.text import bigrams, company_core, fold, initials, pinyin_key, squash


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("ＡＢＣ　科技", "abc 科技"),
        ("  two \t\n lines ", "two lines"),
        ("恒\u200b立\ufeff达", "恒立达"),
        ("ÉLAN ΑΒΓ Привет", "élan αβγ привет"),
        ("㈱", "(株)"),
        ("１２３", "123"),
        ("", ""),
        ("\u3000", ""),
    ],
)
def test_fold_makes_what_looks_alike_equal(typed, folded):
    assert fold(typed) == folded


@given(st.text())
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


def test_squash_finds_a_name_written_with_inner_blanks():
    assert squash("万  科Ａ") == "万科a"


@pytest.mark.parametrize(
    ("text", "pairs"),
    [("恒立达", ["恒立", "立达"]), ("恒", []), ("", []), ("A b", ["ab"]), ("达达达", ["达达", "达达"])],
)
def test_bigrams_are_all_neighbours_in_order(text, pairs):
    assert bigrams(text) == pairs


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("重庆恒立达", "chong qing heng li da"),
        ("长沙银行", "chang sha yin hang"),
        ("朝阳重工", "chao yang zhong gong"),
        ("3M中国", "3m zhong guo"),
        ("ABC 科技(深圳)", "abc ke ji shen zhen"),
        ("Élan Vital", "elan vital"),
        ("Привет", "~"),
        ("", "~"),
    ],
)
def test_a_company_sorts_by_the_sound_of_its_name(name, key):
    assert pinyin_key(name) == key


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("单于", "chan yu"),
        ("单雄信", "shan xiong xin"),
        ("曾国藩", "zeng guo fan"),
        ("查良镛", "zha liang yong"),
        ("仇英", "qiu ying"),
        ("解珍", "xie zhen"),
        ("尉迟恭", "yu chi gong"),
        ("万俟卨", "mo qi xie"),
        ("区楚良", "ou chu liang"),
        ("任我行", "ren wo xing"),
        ("欧阳锋", "ou yang feng"),
        ("王伟", "wang wei"),
        ("Zhang Wei", "zhang wei"),
    ],
)
def test_a_person_sorts_by_the_surname_as_it_is_read(name, key):
    assert pinyin_key(name, person=True) == key


def test_a_key_is_plain_ascii_of_at_most_200_characters():
    key = pinyin_key("庄" * 90)
    assert len(key) <= 200
    assert key.isascii()
    assert not key.endswith(" ")


def test_names_in_order_of_their_keys_stand_in_pinyin_order():
    names = ["周杰", "安娜", "李雷", "曾敏", "Bob"]
    assert sorted(names, key=lambda name: pinyin_key(name, person=True)) == ["安娜", "Bob", "李雷", "曾敏", "周杰"]


@pytest.mark.parametrize(
    ("name", "person", "letters"),
    [
        ("恒立达", False, "hld"),
        ("重庆恒立达", False, "cqhld"),
        ("3M中国", False, "3mzg"),
        ("曾国藩", True, "zgf"),
        ("单于", True, "cy"),
        ("Привет", False, ""),
    ],
)
def test_initials_are_what_people_type_for_a_name(name, person, letters):
    assert initials(name, person=person) == letters


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("恒立达（上海）科技有限公司", "恒立达上海科技"),
        ("恒立达(上海)科技 有限责任公司", "恒立达上海科技"),
        ("恒立达（集团）股份有限公司", "恒立达"),
        ("恒立达集团", "恒立达"),
        ("恒立达公司", "恒立达"),
        ("恒立達集團有限公司", "恒立達"),
        ("天健会计师事务所（特殊普通合伙）", "天健会计师事务所"),
        ("Acme Tools Co., Ltd.", "acmetools"),
        ("ACME TOOLS LIMITED", "acmetools"),
        ("Müller GmbH & Co. KG", "müller"),
        ("Foo L.L.C.", "foo"),
        ("Costco Wholesale Corp", "costcowholesale"),
        ("3M 中国有限公司", "3m中国"),
        ("集团有限公司", "集团"),
        ("Co", "co"),
        ("", ""),
    ],
)
def test_the_core_drops_what_changes_from_one_writing_to_the_next(name, core):
    assert company_core(name) == core


def test_a_branch_keeps_its_mark_and_is_not_its_parent():
    branch = company_core("恒立达科技有限公司北京分公司")
    assert branch == company_core("恒立达科技北京分公司") == "恒立达科技北京分公司"
    assert branch != company_core("恒立达科技有限公司")
    assert company_core("招商银行股份有限公司深圳分行") == "招商银行深圳分行"
    assert company_core("恒立达子公司") == "恒立达子公司"


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("上海市恒立达贸易有限公司", "恒立达贸易"),
        ("上海恒立达贸易有限公司", "恒立达贸易"),
        ("广东省深圳市蔓草电信服务有限公司", "蔓草电信服务"),
        ("延边朝鲜族自治州恒立达公司", "恒立达"),
        ("内蒙古伊利实业集团股份有限公司", "伊利实业"),
        ("上海公司", "上海"),
        ("北京分公司", "北京分公司"),
    ],
)
def test_the_region_in_front_goes_when_asked(name, core):
    assert company_core(name, without_region=True) == core


@pytest.mark.parametrize("read", [company_core, pinyin_key, initials])
@pytest.mark.parametrize("pasted", [",. " * 50_000, "庄" * 50_000, "a." * 50_000], ids=["marks", "han", "dots"])
def test_a_book_pasted_into_a_name_is_read_at_once(read, pasted):
    started = time.process_time()
    assert len(read(pasted)) <= 300
    assert time.process_time() - started < 0.5
