import pytest

from crm.core.errors import Invalid
from crm.core.ids import (
    credit_code_problem,
    domain_of,
    is_public_mail,
    normal_credit_code,
    normal_email,
    normal_website,
)

GOOD = "91110000600037341L"


@pytest.mark.parametrize("written", [GOOD, "91110000600037341l", " 9111 0000 6000 37341L ", "９１１１００００６０００３７３４１Ｌ"])
def test_a_good_code_is_taken_in_every_writing(written):
    assert normal_credit_code(written) == GOOD
    assert credit_code_problem(written) is None


def test_a_farm_cooperative_starts_with_a_letter():
    # N 22·1 + 2·3 + 1·9 + 1·27 + M 21·20 + A 10·29 + 1·13 + A 10·8 + B 11·24 + C 12·10 + D 13·30 + 1·28 = 1669
    # 1669 mod 31 = 26, and 31 − 26 = 5
    assert credit_code_problem("N2110000MA01ABCD15") is None


@pytest.mark.parametrize(
    ("code", "level", "sentence"),
    [
        (GOOD[:-1], "error", "18 characters needed, 17 given"),
        (GOOD + "1", "error", "18 characters needed, 19 given"),
        ("", "error", "18 characters needed, 0 given"),
        ("91110000I00037341L", "error", "The letter I does not occur in a credit code"),
        ("9111000A600037341L", "error", "Characters 3 to 8 of a credit code are the digits of its region"),
        (
            "91110000600037341M",
            "warning",
            "The last character does not fit the others; please compare with the business licence",
        ),
    ],
)
def test_length_and_alphabet_block_and_the_check_character_warns(in_english, code, level, sentence):
    found_level, found_sentence = credit_code_problem(code)
    assert (found_level, str(found_sentence)) == (level, sentence)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (" Wang＠Acme.CN ", "wang@acme.cn"),
        ("mailto:wang@acme.cn", "wang@acme.cn"),
        ("<wang@acme.cn>", "wang@acme.cn"),
        ("wang@xn--fiqs8s.cn", "wang@中国.cn"),
    ],
)
def test_an_address_has_one_stored_form(typed, stored):
    assert normal_email(typed) == stored


@pytest.mark.parametrize("typed", ["", "wang", "wang@", "@acme.cn", "wang@acme", "a b@acme.cn", "wang@@acme.cn"])
def test_what_is_no_address_is_refused(typed):
    with pytest.raises(Invalid) as refused:
        normal_email(typed)
    assert refused.value.code == "email_invalid"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("ACME.cn/", "https://acme.cn"),
        ("http://www.Acme.cn/About?x=1", "http://www.acme.cn/About?x=1"),
        ("ｗｗｗ.acme.cn", "https://www.acme.cn"),
        ("https://acme.cn:8080/a", "https://acme.cn:8080/a"),
    ],
)
def test_a_website_has_one_stored_form(typed, stored):
    assert normal_website(typed) == stored


@pytest.mark.parametrize("typed", ["", "acme", "javascript:alert(1)", "ftp://acme.cn", "http://", "https://[bad"])
def test_what_is_no_website_is_refused(typed):
    with pytest.raises(Invalid) as refused:
        normal_website(typed)
    assert refused.value.code == "website_invalid"


@pytest.mark.parametrize(
    ("given_text", "domain"),
    [
        ("https://www.Acme.cn:8080/about", "acme.cn"),
        ("acme.com.cn", "acme.com.cn"),
        ("Wang@QQ.com", "qq.com"),
        ("mailto:wang@mail.acme.cn", "mail.acme.cn"),
        ("http://user@acme.cn/", "acme.cn"),
        ("www.acme.cn.", "acme.cn"),
        ("xn--fiqs8s.cn", "中国.cn"),
        ("acme", ""),
        ("", ""),
        ("10.0.0.1", ""),
        ("https://[bad", ""),
    ],
)
def test_the_domain_is_what_two_addresses_of_one_company_share(given_text, domain):
    assert domain_of(given_text) == domain


def test_a_mail_provider_says_nothing_about_the_company():
    assert is_public_mail("qq.com")
    assert not is_public_mail("acme.cn")
