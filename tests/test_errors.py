"""Provoked on purpose: every wrong value has its answer, and no answer tells how the house is built."""

import re

import pytest
from django.conf import settings
from django.test import Client

from tests.addresses import addresses

pytestmark = pytest.mark.django_db
WRONG = ("\x00", "' OR 1=1 --", "9" * 30, "-1", "1e309", "NaN", "٣", "0001-01-01", "9999-12-31", "💥" * 300)
NAMES = (
    "cursor", "sort", "page_size", "id", "owner", "company", "contact", "q", "view", "cols", "part", "before", "group", "idle", "step", "stage", "tag",
    "region", "created_after", "created_before", "amount_min", "amount_max", "mode", "first", "last", "period", "team", "kind", "overdue", "state",
)  # fmt: skip
INSIDE = re.compile(rf"{re.escape(str(settings.BASE_DIR))}/|Traceback|site-packages|\.py\b|psycopg|postgres|SELECT |Django|gunicorn|Python/", re.IGNORECASE)


def readable(world):
    """The pages and endpoints that ask their address for more than an id."""
    return [
        (address.name, address.url(world))
        for address in addresses()
        if (not address.arguments or address.name in ("web:pick", "activity:timeline")) and address.name not in ("api:docs", "api:schema")
    ]


@pytest.fixture(autouse=True)
def unthrottled(monkeypatch):
    """So many calls are no noise here."""
    monkeypatch.setattr("crm.rest.throttling.PerKey.allow_request", lambda *args: True)


@pytest.mark.parametrize("value", WRONG, ids=lambda value: ascii(value)[:40])
def test_a_wrong_value_in_an_address_breaks_nothing(value, world, people, signed_in):
    client = signed_in(people.admin)
    client.raise_request_exception = False
    broken = {name for name, url in readable(world) if client.get(url, dict.fromkeys(NAMES, value)).status_code >= 500}
    assert broken == set()


def test_ten_thousand_parameters_break_nothing(world, people, signed_in):
    client = signed_in(people.admin)
    client.raise_request_exception = False
    many = "&".join(f"q{n}=1" for n in range(10_000))
    for url in ("/customers/companies/", "/api/v1/companies/", "/search/"):
        assert client.get(f"{url}?{many}").status_code < 500


@pytest.mark.parametrize("pk", ["0", "9" * 18, "9" * 19, "9" * 40, "abc", "-1", "1.0", "%00"])
def test_an_id_that_is_none_does_not_exist(pk, people, signed_in):
    client = signed_in(people.admin)
    client.raise_request_exception = False
    for url in ("/customers/companies/{}/", "/customers/companies/{}/edit/", "/api/v1/companies/{}/", "/activity/companies/{}/", "/jobs/{}/"):
        assert client.get(url.format(pk)).status_code == 404, url


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_page_that_is_missing_names_its_request_and_nothing_of_the_house(language, make_user, signed_in):
    client = signed_in(make_user("rep", language=language))
    for url in ("/nothing/here/", "/api/v1/nothing/"):
        answer = client.get(url)
        assert answer.status_code == 404
        assert answer["X-Request-Id"] in answer.content.decode()
        assert_nothing_of_the_house(answer)
    assert client.get("/api/v1/nothing/").json()["code"] == "not_found"


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "zh-Hans"), ("en", "Something broke on our side")])
def test_what_breaks_names_its_request_and_nothing_of_the_house(language, words, make_user, signed_in, monkeypatch):
    client = signed_in(make_user("administrator", language=language))
    client.raise_request_exception = False

    def burst(*args, **kwargs):
        raise RuntimeError("secret of the house")

    monkeypatch.setattr("crm.core.keyset.fetch", burst)
    for url in ("/customers/companies/", "/api/v1/companies/"):
        answer = client.get(url, headers={"accept-language": language})
        assert answer.status_code == 500
        assert answer["X-Request-Id"] in answer.content.decode()
        assert_nothing_of_the_house(answer)
    assert words in client.get("/customers/companies/").content.decode()


@pytest.mark.parametrize(
    ("language", "words"), [("zh-hans", "请求正文不是有效的 JSON（第 1 行第 2 列）。"), ("en", "The body is no valid JSON (line 1, column 2).")]
)
def test_a_body_that_is_no_json_is_told_in_the_readers_language(language, words, people, signed_in):
    client = signed_in(people.rep_a)
    answer = client.generic("POST", "/api/v1/companies/", "{", content_type="application/json", headers={"Accept-Language": language})
    assert (answer.status_code, answer.json()["code"], answer.json()["message"]) == (400, "parse_error", words)


def test_no_header_names_a_program_or_its_version(people, signed_in):
    for client, url in ((Client(), "/accounts/login/"), (signed_in(people.admin), "/customers/companies/"), (Client(), "/.git/config"), (Client(), "/api/v1/")):
        answer = client.get(url)
        assert not {"server", "x-powered-by"} & {name.lower() for name in answer.headers}
        assert_nothing_of_the_house(answer)


def assert_nothing_of_the_house(answer):
    """No trace, no path, no program, no secret."""
    text = answer.content.decode()
    assert "secret of the house" not in text
    assert not INSIDE.search(text), INSIDE.search(text)
