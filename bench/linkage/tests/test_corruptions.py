"""Every way of spoiling a row is named, used, and does what its name says."""

import pytest

from bench.linkage.corruptions import REGISTER
from bench.linkage.draw import Draw
from bench.linkage.firm import new_firm
from bench.linkage.firm_row import FirmRow
from bench.linkage.letters import homophone, look_alike, pinyin, traditional
from bench.linkage.lists.characters import LOOK_ALIKES
from bench.linkage.numbers_written import LANDLINE_WRITINGS, MOBILE_WRITINGS
from bench.linkage.person import new_person
from bench.linkage.person_row import PersonRow
from bench.linkage.vocabulary import Vocabulary
from crm.core import phones


def done(*sheets):
    return {name.removeprefix("company: ") for sheet in sheets for row in sheet.rows for name in row.did}


def spoilt(name, seed=1):
    """A firm's row, written, with only this done to it."""
    draw, words = Draw(seed), Vocabulary()
    row = FirmRow(new_firm(words, draw, form="有限公司"), draw)
    row.write("旧CRM")
    REGISTER[name].apply(row, draw)
    return row


def spoilt_person(name, seed=1):
    draw, words = Draw(seed), Vocabulary()
    row = PersonRow(new_person(words, draw, new_firm(words, draw), name="王晓明"), draw)
    row.write("恒达", "名片")
    REGISTER[name].apply(row, draw)
    return row


def changed(one, draw, words):
    """Did it do something to one fresh row?"""
    firm = new_firm(words, draw)
    row = PersonRow(new_person(words, draw, firm), draw) if one.stage.startswith("person") else FirmRow(firm, draw)
    row.write(*(["恒达", "名片"] if one.stage.startswith("person") else ["旧CRM"]))
    row.cells.update(dict.fromkeys(draw.sample(sorted(row.cells), 2), ""))
    before = row.state()
    one.apply(row, draw)
    return row.state() != before


@pytest.mark.parametrize("name", REGISTER)
def test_every_corruption_says_what_it_does_and_does_it(name):
    draw, words = Draw(name), Vocabulary(unseen=REGISTER[name].unseen)
    assert REGISTER[name].apply.__doc__
    assert any(changed(REGISTER[name], draw, words) for _try in range(400))


def test_nearly_every_corruption_is_met_in_a_few_thousand_rows(companies, contacts, unseen_companies, unseen_contacts):
    never = set(REGISTER) - done(companies, contacts, unseen_companies, unseen_contacts)
    assert len(never) <= 2


def test_some_corruptions_are_kept_for_the_unseen_part(companies, contacts, unseen_companies, unseen_contacts):
    kept = {name for name, one in REGISTER.items() if one.unseen}
    assert len(kept) > 20
    assert not kept & done(companies, contacts)
    assert len(kept - done(unseen_companies, unseen_contacts)) <= 1


@pytest.mark.parametrize("writing", MOBILE_WRITINGS)
def test_a_mobile_is_the_same_number_in_every_writing(writing):
    written = MOBILE_WRITINGS[writing][1]("13812345678")
    assert phones.parse(written.removeprefix("'")).e164 == "+8613812345678"


@pytest.mark.parametrize("writing", LANDLINE_WRITINGS)
def test_a_fixed_line_is_the_same_number_in_every_writing(writing):
    assert phones.parse(LANDLINE_WRITINGS[writing][1]("0755", "26881234")).e164 == "+8675526881234"


def test_structural_corruptions_change_the_parts_of_the_name():
    assert spoilt("legal form dropped").naming.form == ""
    assert spoilt("legal form changed").naming.form == "有限责任公司"
    brand = spoilt("brand only").naming
    assert brand.written() == brand.brand


def test_initials_of_the_trade_are_those_of_the_stock_exchange():
    draw = Draw(1)
    row = FirmRow(new_firm(Vocabulary(), draw, brand="恒达", trade="精密机械"), draw)
    REGISTER["initials of the trade"].apply(row, draw)
    assert row.naming.written().removesuffix("股份") == "恒达精机"


def test_excel_leaves_three_digits_of_a_mobile():
    row = spoilt("shortened by excel")
    assert row.cells["mobile"] == f"1.{row.mobile[1:3]}E+10"


def test_one_wrong_character_in_a_code_is_exactly_one():
    row = spoilt("code with one wrong character")
    assert sum(left != right for left, right in zip(row.cells["code"], row.firm.code, strict=True)) == 1


def test_a_mistyped_mobile_differs_in_one_digit():
    row = spoilt_person("mobile mistyped")
    assert sum(left != right for left, right in zip(row.cells["mobile"], row.mobile, strict=True)) == 1


def test_names_of_people_in_pinyin_and_as_salutation():
    assert spoilt_person("name in pinyin").cells["name"].replace(" ", "").lower() == "wangxiaoming"
    assert spoilt_person("given name first").cells["name"].startswith(("Xiaoming", "Wang, "))
    assert spoilt_person("surname and mr or ms").cells["name"] in {"王先生", "王女士", "王小姐"}


def test_letters_are_exchanged_for_what_sounds_or_looks_the_same():
    typed = homophone("恒达机械", Draw(3), "恒达")
    assert typed != "恒达机械"
    assert pinyin(typed) == "hengdajixie"
    assert typed[2:] == "机械"
    seen = look_alike("士林", Draw(3))
    assert seen[0] in LOOK_ALIKES["士"] or seen[1] in LOOK_ALIKES["林"]
    assert traditional("华东电子") == "華東電子"
