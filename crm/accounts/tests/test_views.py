"""The person's own page, and the switch of languages."""

import re

import pytest
from django.conf import settings
from django.test import Client

from crm.accounts import services
from crm.accounts.models import ApiToken, User
from crm.accounts.tokens import digest

pytestmark = pytest.mark.django_db
TOKEN = {"name": "ERP", "scopes": ["companies:read"], "days": "30"}


def test_a_new_token_s_secret_is_shown_once_and_only_its_print_is_kept(people, signed_in):
    browser = signed_in(people.rep_a)
    page = browser.post("/me/tokens/", TOKEN).content.decode()
    secret = re.search(r"km_[\w-]{20,}", page).group()
    token = ApiToken.objects.get()
    assert (token.user, token.digest) == (people.rep_a, digest(secret))
    again = browser.get("/me/").content.decode()
    assert secret not in again
    assert "ERP" in again


def test_a_token_without_a_scope_is_refused_with_the_form(people, signed_in):
    answer = signed_in(people.rep_a).post("/me/tokens/", {"name": "ERP", "days": "30"})
    assert answer.status_code == 422
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize("more", [{"user": "1"}, {"expires_at": "2099-01-01"}, {"digest": "x"}])
def test_fields_that_the_form_does_not_have_change_nothing(people, signed_in, more, at):
    at("2026-11-20 09:00")
    signed_in(people.rep_a).post("/me/tokens/", TOKEN | more)
    token = ApiToken.objects.get()
    assert token.user == people.rep_a
    assert token.expires_at.year == 2026
    assert len(token.digest) == 64


def test_a_token_is_revoked_by_its_owner_alone(people, signed_in):
    token, _secret = services.issue_token(people.rep_a, name="ERP", scopes=["*:read"], by=people.rep_a)
    assert signed_in(people.rep_b).post(f"/me/tokens/{token.pk}/revocation/").status_code == 404
    assert signed_in(people.rep_a).post(f"/me/tokens/{token.pk}/revocation/").status_code == 303
    token.refresh_from_db()
    assert token.revoked_at is not None


def test_the_language_of_a_person_is_kept_in_the_profile(people, signed_in):
    browser = signed_in(people.rep_a)
    answer = browser.post("/language/", {"language": "en", "next": "/me/"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/me/")
    assert User.objects.get(pk=people.rep_a.pk).language == "en"
    page = browser.get("/me/")
    assert page.headers["Content-Language"] == "en"
    assert "API tokens" in page.content.decode()


def test_a_stranger_s_language_is_kept_in_a_cookie(people):
    browser = Client()
    browser.post("/language/", {"language": "en", "next": "/accounts/login/"})
    assert browser.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"
    assert browser.get("/accounts/login/").headers["Content-Language"] == "en"


def test_a_language_nobody_speaks_changes_nothing(people, signed_in):
    signed_in(people.rep_a).post("/language/", {"language": "tlh", "next": "/me/"})
    assert User.objects.get(pk=people.rep_a.pk).language == ""


@pytest.mark.parametrize(
    "address", ["/language/", "/me/tokens/", "/me/tokens/1/revocation/", "/jobs/1/cancellation/", "/notifications/reading/", "/activity/1/undoing/"]
)
def test_a_post_from_a_foreign_page_is_refused(people, address):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(people.rep_a, backend="crm.accounts.backend.SignIn")
    assert browser.post(address, {}, headers={"Origin": "https://evil.example"}).status_code == 403
