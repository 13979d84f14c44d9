"""What a lying request cannot get: another host, another site to go to, a copy of a page in a cache."""

import pytest
from django.core import mail
from django.test import Client

from tests.addresses import addresses

pytestmark = pytest.mark.django_db
ELSEWHERE = ("https://evil.example/", "//evil.example/", "/\\evil.example", "http:evil.example", "javascript:kmx()", "https://testserver@evil.example/")


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "testserver/evil", "a b", "testserver@evil.example"])
def test_another_host_is_refused(host):
    answer = Client().get("/accounts/login/", headers={"host": host})
    assert answer.status_code == 400
    assert "evil" not in answer.content.decode()


def test_a_forwarded_host_is_not_believed(people, signed_in):
    answer = signed_in(people.rep_a).get("/api/v1/companies/", headers={"x-forwarded-host": "evil.example", "forwarded": "host=evil.example"})
    assert "evil.example" not in answer.content.decode()


def test_the_mail_that_resets_a_password_names_the_address_of_the_house(people, settings, run_jobs):
    settings.SITE_URL = "https://crm.keman.example"
    Client().post("/accounts/password/reset/", {"email": people.rep_a.email}, headers={"x-forwarded-host": "evil.example", "origin": "http://testserver"})
    run_jobs()
    assert "https://crm.keman.example/accounts/password/reset/key/" in mail.outbox[0].body
    assert "evil.example" not in mail.outbox[0].body
    assert "testserver" not in mail.outbox[0].body


@pytest.mark.parametrize("target", ELSEWHERE)
def test_nobody_is_sent_to_another_site(target, world, people, signed_in):
    lead = world["leads"]
    asked = [
        (signed_in(people.admin), "/language/", {"language": "en", "next": target}),
        (signed_in(people.admin, Client()), f"/deals/leads/{lead.pk}/bin/", {"next": target}),
        (Client(), "/accounts/login/", {"login": "rep_a", "password": "correct-horse-battery", "next": target}),
        (signed_in(people.rep_b, Client()), "/accounts/logout/", {"next": target}),
    ]
    for client, url, body in asked:
        answer = client.post(url, body)
        assert answer.status_code in (302, 303), url
        assert answer["Location"].startswith("/"), url
        assert not answer["Location"].startswith(("//", "/\\")), url


def test_no_page_of_a_person_is_kept_by_a_cache(world, people, signed_in):
    client = signed_in(people.admin)
    for address in addresses():
        answer = client.get(address.url(world))
        assert "no-store" in answer.get("Cache-Control", ""), address.name
