import pytest

from crm.core import phones
from crm.core.errors import Invalid

MOBILE, LANDLINE, SERVICE, FOREIGN = "mobile", "landline", "service", "foreign"


@pytest.mark.parametrize(
    ("typed", "kind", "e164", "digits"),
    [
        # A13.2: one stored form for every writing of a mobile
        ("13800138000", MOBILE, "+8613800138000", "13800138000"),
        ("+86 138 0013 8000", MOBILE, "+8613800138000", "13800138000"),
        ("１３８００１３８０００", MOBILE, "+8613800138000", "13800138000"),
        ("138-0013-8000", MOBILE, "+8613800138000", "13800138000"),
        ("138—0013—8000", MOBILE, "+8613800138000", "13800138000"),
        ("(+86)13800138000", MOBILE, "+8613800138000", "13800138000"),
        ("＋８６（０）１３８００１３８０００", MOBILE, "+8613800138000", "13800138000"),
        ("8613800138000", MOBILE, "+8613800138000", "13800138000"),
        ("0086 13800138000", MOBILE, "+8613800138000", "13800138000"),
        ("013800138000", MOBILE, "+8613800138000", "13800138000"),
        ("tel:13800138000", MOBILE, "+8613800138000", "13800138000"),
        ("\u202d13800138000\u202c", MOBILE, "+8613800138000", "13800138000"),
        ("138.0013.8000", MOBILE, "+8613800138000", "13800138000"),
        (13800138000, MOBILE, "+8613800138000", "13800138000"),
        (13800138000.0, MOBILE, "+8613800138000", "13800138000"),
        ("13800138000.0", MOBILE, "+8613800138000", "13800138000"),
        ("16612345678", MOBILE, "+8616612345678", "16612345678"),
        ("19912345678", MOBILE, "+8619912345678", "19912345678"),
        # A4.4: fixed lines
        ("(010) 6888-1234", LANDLINE, "+861068881234", "01068881234"),
        ("010 68881234", LANDLINE, "+861068881234", "01068881234"),
        ("（０１０）６８８８１２３４", LANDLINE, "+861068881234", "01068881234"),
        ("+86 10 6888 1234", LANDLINE, "+861068881234", "01068881234"),
        ("+86 (0)21 6888 1234", LANDLINE, "+862168881234", "02168881234"),
        ("0571-8765-4321", LANDLINE, "+8657187654321", "057187654321"),
        ("0911-8715725", LANDLINE, "+869118715725", "09118715725"),
        ("2168881234", LANDLINE, "+862168881234", "02168881234"),  # a sheet has eaten the leading 0
        # service numbers
        ("400-800-1234", SERVICE, "+864008001234", "4008001234"),
        ("800 810 1234", SERVICE, "+868008101234", "8008101234"),
        ("95588", SERVICE, "+8695588", "95588"),
        ("10086", SERVICE, "+8610086", "10086"),
        ("12315", SERVICE, "+8612315", "12315"),
        # abroad
        ("+852 9123 4567", FOREIGN, "+85291234567", "85291234567"),
        ("+1 (650) 253-0000", FOREIGN, "+16502530000", "16502530000"),
        ("0044 20 7031 3000", FOREIGN, "+442070313000", "442070313000"),
        ("+81 3-1234-5678", FOREIGN, "+81312345678", "81312345678"),
        ("＋８８６ 912 345 678", FOREIGN, "+886912345678", "886912345678"),
    ],
)
def test_every_writing_of_a_number_has_one_stored_form(typed, kind, e164, digits):
    assert phones.parse(typed) == phones.Phone(kind, e164, digits)


@pytest.mark.parametrize(
    ("typed", "e164", "extension"),
    [
        ("(010) 6888-1234", "+861068881234", ""),
        ("010 68881234 转 8001", "+861068881234", "8001"),
        ("01068881234-8001", "+861068881234", "8001"),
        ("010-68881234-12", "+861068881234", "12"),
        ("021-68881234转12", "+862168881234", "12"),
        ("021-68881234 转分机 12", "+862168881234", "12"),
        ("021-68881234 分机号12", "+862168881234", "12"),
        ("021-68881234 ext. 12", "+862168881234", "12"),
        ("021-68881234x12", "+862168881234", "12"),
        ("021-68881234#12", "+862168881234", "12"),
        ("400-800-1234 转 1", "+864008001234", "1"),
        ("+1 650 253 0000 ext 5", "+16502530000", "5"),
    ],
)
def test_the_extension_stands_apart_from_the_number(typed, e164, extension):
    found = phones.parse(typed)
    assert (found.e164, found.extension) == (e164, extension)


@pytest.mark.parametrize(
    ("typed", "code", "sentence"),
    [
        ("138001380001", "phone_mobile_length", "11 digits needed, 12 given"),
        ("1380013800", "phone_mobile_length", "11 digits needed, 10 given"),
        ("+86 138 0013 800", "phone_mobile_length", "11 digits needed, 10 given"),
        ("12345678901", "phone_mobile_prefix", "A mainland mobile number starts with 13 to 19."),
        ("11012345678", "phone_mobile_prefix", "A mainland mobile number starts with 13 to 19."),
        ("400-800-123", "phone_service_length", "10 digits needed for a 400 or 800 number, 9 given"),
        ("68881234", "phone_area_code", "The area code is missing, for example 010-68881234."),
        ("010", "phone_unknown", "This is no mainland number. A number abroad starts with + and its country code."),
        (
            "6502530000",
            "phone_unknown",
            "This is no mainland number. A number abroad starts with + and its country code.",
        ),
        (
            "010 0888 1234",
            "phone_unknown",
            "This is no mainland number. A number abroad starts with + and its country code.",
        ),
        ("+1 12", "phone_foreign_length", "Numbers of +1 do not have this many digits."),
        ("+999 12345678", "phone_not_a_number", "This is not a phone number."),
        ("微信同号", "phone_not_a_number", "This is not a phone number."),
        ("138OO138OOO", "phone_not_a_number", "This is not a phone number."),
        ("13800138000/13900139000", "phone_two_numbers", "Two numbers in one field: enter each on its own."),
        ("13800138000 13900139000", "phone_two_numbers", "Two numbers in one field: enter each on its own."),
        ("010-68881234、010-68881235", "phone_two_numbers", "Two numbers in one field: enter each on its own."),
        ("13800138000；13900139000", "phone_two_numbers", "Two numbers in one field: enter each on its own."),
        ("", "phone_empty", "The phone number is empty."),
        ("  \u200b ", "phone_empty", "The phone number is empty."),
        (None, "phone_empty", "The phone number is empty."),
        ("1" * 100_000, "phone_not_a_number", "This is not a phone number."),
    ],
)
def test_a_refusal_says_what_is_wrong(in_english, typed, code, sentence):
    with pytest.raises(Invalid) as refused:
        phones.parse(typed)
    assert refused.value.code == code
    assert str(refused.value.message) == sentence


@pytest.mark.parametrize("typed", ["1.38E+10", "1.38001E+10", "1.38e10", "１.３８Ｅ＋１０"])
def test_a_number_that_excel_has_shortened_is_refused_with_the_reason(in_english, typed):
    with pytest.raises(Invalid) as refused:
        phones.parse(typed)
    assert refused.value.code == "phone_spreadsheet"
    assert "Excel has shortened this number" in str(refused.value.message)
    assert "Format the column as text" in str(refused.value.message)


def test_the_facts_of_a_refusal_hold_the_numbers_it_speaks_of():
    with pytest.raises(Invalid) as refused:
        phones.parse("138001380001")
    assert refused.value.facts == {"needed": 11, "given": 12}


@pytest.mark.parametrize(
    ("typed", "answer"),
    [("138 0013 8000", True), ("010 68881234", False), ("+852 9123 4567", False), ("138", False), ("", False)],
)
def test_only_a_mainland_mobile_is_one(typed, answer):
    assert phones.is_mainland_mobile(typed) is answer


def test_numbers_of_another_home_country_need_no_code():
    assert phones.parse("9123 4567", region="HK").e164 == "+85291234567"
    assert phones.parse("+86 13800138000", region="HK").kind == MOBILE


@pytest.mark.parametrize(
    ("e164", "masked"),
    [
        ("+8613812347788", "138 **** 7788"),
        ("+861068881234", "010 **** 1234"),
        ("+869118715725", "0911 **** 5725"),
        ("+864008001234", "400 **** 1234"),
        ("+8695588", "**** 88"),
        ("+85291234567", "+852 **** 4567"),
        ("+16502530000", "+1 **** 0000"),
    ],
)
def test_a_mask_keeps_the_ends_only(e164, masked):
    assert phones.mask(e164) == masked


@pytest.mark.parametrize(
    ("e164", "groups"),
    [
        ("+8613812347788", ("138", "1234", "7788")),
        ("+861068881234", ("010", "6888", "1234")),
        ("+869118715725", ("0911", "871", "5725")),
        ("+864008001234", ("400", "800", "1234")),
        ("+8695588", ("95588",)),
        ("+85291234567", ("+852 9123", "4567")),
    ],
)
def test_a_number_is_read_in_groups(e164, groups):
    assert phones.national_groups(e164) == groups
