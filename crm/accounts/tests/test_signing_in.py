"""Signing in under attack (LIMITS S8, S9, S13), against the real pages."""

import os
import re
import subprocess
import sys
from datetime import timedelta

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from crm.accounts import services, tries
from crm.accounts.models import SignInTry
from crm.testing.fixtures import PASSWORD

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"
HASHED = []


class CountingHasher(MD5PasswordHasher):
    """Counts how often a password is worked on: the costly part, and the one an attacker measures."""

    algorithm = "counting"

    def encode(self, password, salt):
        HASHED.append(password)
        return super().encode(password, salt)


@pytest.fixture
def hashed(settings):
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    HASHED.clear()
    return HASHED


@pytest.fixture
def rep(hashed, people):
    """Somebody whose password is kept by the counting hasher."""
    hashed.clear()
    return people.rep_a


def sign_in(name, password, browser=None, **headers):
    return (browser or Client()).post(LOGIN, {"login": name, "password": password}, **headers)


def test_the_right_password_opens_the_door_by_user_name_and_by_mail(people):
    for name in ("rep_a", "REP_A", people.rep_a.email):
        assert sign_in(name, PASSWORD).status_code == 302


def test_a_thousand_tries_at_one_account_reach_the_hash_at_most_ten_times(rep, hashed):
    answers = [sign_in("rep_a", f"wrong-{number}") for number in range(60)]
    assert len(hashed) <= 10
    assert answers[-1].status_code == 429
    assert sign_in("rep_a", PASSWORD).status_code == 429


def test_lies_about_the_address_and_other_spellings_of_the_name_do_not_help(rep, hashed):
    for number in range(40):
        name = ("rep_a", "REP_A", rep.email, rep.email.upper())[number % 4]
        sign_in(name, f"wrong-{number}", headers={"X-Forwarded-For": f"10.0.0.{number}"})
    assert len(hashed) <= 10


def test_many_addresses_share_the_count_of_an_account(rep, hashed):
    for number in range(40):
        sign_in("rep_a", f"wrong-{number}", REMOTE_ADDR=f"203.0.113.{number}")
    assert len(hashed) <= 10


def test_one_address_cannot_try_one_password_on_every_account(rep, hashed):
    answers = [sign_in(f"guess-{number}", "Summer2026!") for number in range(80)]
    assert len(hashed) == tries.PER_ADDRESS
    assert answers[-1].status_code == 429


def test_fifty_tries_at_once_are_counted_before_the_password_is_looked_at(people, run_together):
    allowed = run_together(lambda number: tries.reserve("user:1", "203.0.113.9"), 50)
    assert allowed.count(True) == tries.PER_ACCOUNT
    assert allowed.count(False) == 50 - tries.PER_ACCOUNT


def test_an_attack_from_elsewhere_does_not_lock_the_owner_out_of_his_own_place(rep):
    assert sign_in("rep_a", PASSWORD, REMOTE_ADDR="192.0.2.1").status_code == 302
    for number in range(10):
        sign_in("rep_a", "wrong", REMOTE_ADDR=f"203.0.113.{number}")
    assert sign_in("rep_a", PASSWORD, REMOTE_ADDR="203.0.113.99").status_code == 429
    assert sign_in("rep_a", PASSWORD, REMOTE_ADDR="192.0.2.1").status_code == 302


def test_a_quarter_of_an_hour_later_the_door_is_open_again(rep, at):
    moment = at("2026-11-20 09:00")
    for _time in range(8):
        sign_in("rep_a", "wrong")
    at(moment + timedelta(minutes=14))
    assert sign_in("rep_a", PASSWORD).status_code == 429
    at(moment + timedelta(minutes=15, seconds=1))
    assert sign_in("rep_a", PASSWORD).status_code == 302


def test_signing_in_forgets_the_tries_from_here(rep):
    for _round in range(3):
        for _time in range(tries.PER_ACCOUNT - 1):
            assert sign_in("rep_a", "wrong").status_code == 200
        assert sign_in("rep_a", PASSWORD).status_code == 302


def test_an_unknown_name_costs_the_same_work_and_reads_the_same(rep, hashed):
    with CaptureQueriesContext(connection) as known_queries:
        known = sign_in("rep_a", "wrong")
    work = len(hashed)
    with CaptureQueriesContext(connection) as unknown_queries:
        unknown = sign_in("nobody_at_all", "wrong")
    assert len(hashed) - work == work == 1
    assert len(known_queries) == len(unknown_queries)
    assert known.status_code == unknown.status_code
    known_page, unknown_page = (page.content.decode().replace("rep_a", "NAME").replace("nobody_at_all", "NAME") for page in (known, unknown))
    assert without_tokens(known_page) == without_tokens(unknown_page)


def test_the_page_of_a_locked_account_is_the_same_for_unknown_names(rep):
    for name in ("rep_a", "nobody_at_all"):
        for _time in range(tries.PER_ACCOUNT):
            sign_in(name, "wrong")
    known, unknown = sign_in("rep_a", "wrong"), sign_in("nobody_at_all", "wrong")
    assert known.status_code == unknown.status_code == 429
    assert without_tokens(known.content.decode()) == without_tokens(unknown.content.decode())


def test_a_shut_out_person_learns_no_more_than_a_stranger(rep, people):
    services.deactivate(rep, by=people.admin)
    assert sign_in("rep_a", "wrong").status_code == 200
    assert "_auth_user_id" not in Client().session


def test_the_nightly_round_forgets_only_what_counts_no_more(people, at):
    moment = at("2026-11-20 09:00")
    tries.reserve("user:1", "192.0.2.1")
    tries.succeeded("user:2", "192.0.2.1")
    at(moment + timedelta(hours=1))
    tries.reserve("user:3", "192.0.2.1")
    tries.forget_old()
    assert sorted(SignInTry.objects.values_list("account", flat=True)) == ["user:2", "user:3"]


def test_the_session_gets_a_new_id_at_sign_in(people):
    browser = Client()
    browser.get(LOGIN)
    session = browser.session
    session["planted"] = True
    session.save()
    browser.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    sign_in("rep_a", PASSWORD, browser)
    assert browser.session.session_key != session.session_key
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    assert thief.get("/me/").status_code == 302


def with_session_of(browser):
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = browser.cookies[settings.SESSION_COOKIE_NAME].value
    return thief


def test_a_session_is_dead_after_signing_out(people):
    browser = Client()
    sign_in("rep_a", PASSWORD, browser)
    thief = with_session_of(browser)
    assert thief.get("/me/").status_code == 200
    browser.post("/accounts/logout/")
    assert thief.get("/me/").status_code == 302


def test_every_session_is_dead_after_a_change_of_password(people):
    browser = Client()
    sign_in("rep_a", PASSWORD, browser)
    thief = with_session_of(browser)
    answer = browser.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": "quite-another-one", "password2": "quite-another-one"})
    assert answer.status_code == 302
    assert thief.get("/me/").status_code == 302
    assert sign_in("rep_a", PASSWORD).status_code == 200
    assert sign_in("rep_a", "quite-another-one").status_code == 302


def test_a_session_ends_after_a_pause_and_after_a_working_day(people, at):
    moment = at("2026-11-20 08:00")
    browser = Client()
    sign_in("rep_a", PASSWORD, browser)
    assert browser.get("/me/").status_code == 200
    at(moment + timedelta(hours=4, minutes=1))
    assert browser.get("/me/").status_code == 302
    moment = at("2026-11-21 08:00")
    sign_in("rep_a", PASSWORD, browser)
    for hour in range(12):
        at(moment + timedelta(hours=hour))
        assert browser.get("/me/").status_code == 200
    at(moment + timedelta(hours=12, minutes=1))
    assert browser.get("/me/").status_code == 302


def test_cookies_are_for_this_site_alone_and_out_of_reach_of_scripts(people):
    browser = Client()
    sign_in("rep_a", PASSWORD, browser)
    cookie = browser.cookies[settings.SESSION_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"]) == (True, "Lax", "/", "")


def test_behind_https_cookies_carry_the_host_prefix_and_are_secure():
    words = "from django.conf import settings as s; print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE)"
    env = {**os.environ, "SITE_URL": "https://crm.example.com", "DJANGO_SETTINGS_MODULE": "crm.settings.prod"}
    said = subprocess.run([sys.executable, "-c", words], env=env, capture_output=True, text=True, check=True, cwd=settings.BASE_DIR)
    assert said.stdout.split() == ["__Host-km_session", "__Host-km_csrf", "True", "True"]


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "http:evil.example", "javascript:alert(1)", "\\\\evil.example", "/\\evil.example"]
)
def test_nobody_is_led_to_a_foreign_page_after_signing_in_or_switching_the_language(people, target):
    signed = Client().post(f"{LOGIN}?next={target}", {"login": "rep_a", "password": PASSWORD, "next": target})
    assert signed.headers["Location"] == "/"
    assert Client().post("/language/", {"language": "en", "next": target}).headers["Location"] == "/"


def test_one_s_own_page_is_reached_after_signing_in(people):
    assert Client().post(LOGIN, {"login": "rep_a", "password": PASSWORD, "next": "/me/"}).headers["Location"] == "/me/"


def test_the_reset_mail_names_our_address_whatever_host_the_request_claims(people, settings, run_jobs):
    settings.SITE_URL = "https://crm.example.com"
    settings.ALLOWED_HOSTS = ["*"]
    answer = Client().post("/accounts/password/reset/", {"email": people.rep_a.email}, headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"})
    assert answer.status_code == 302
    run_jobs()
    (letter,) = mail.outbox
    text = letter.subject + letter.body + "".join(str(part) for part in letter.alternatives)
    assert "https://crm.example.com/accounts/password/reset/key/" in letter.body
    assert "evil" not in text


def test_the_link_of_the_mail_sets_a_password_once_and_opens_a_locked_door(people, settings, run_jobs):
    for _time in range(tries.PER_ACCOUNT + 1):
        sign_in("rep_a", "wrong")
    Client().post("/accounts/password/reset/", {"email": people.rep_a.email})
    run_jobs()
    link = next(word for word in mail.outbox[0].body.split() if "/reset/key/" in word).removeprefix(settings.SITE_URL)
    browser = Client()
    page = browser.get(link, follow=True)
    given = {"password1": "quite-another-one", "password2": "quite-another-one"}
    assert browser.post(page.request["PATH_INFO"], given).status_code == 302
    assert sign_in("rep_a", "quite-another-one").status_code == 302
    used = Client().get(link, follow=True)
    assert used.context["token_fail"]


def test_nobody_s_mailbox_is_flooded(people, run_jobs):
    answers = {Client().post("/accounts/password/reset/", {"email": people.rep_a.email}).status_code for _time in range(12)}
    assert answers == {302}
    run_jobs()
    assert len(mail.outbox) == tries.PER_ACCOUNT


@pytest.mark.parametrize("address", [LOGIN, "/accounts/password/reset/", "/me/", "/jobs/", "/notifications/"])
def test_pages_with_personal_data_are_kept_by_no_cache(people, signed_in, address):
    browser = signed_in(people.rep_a) if not address.startswith("/accounts/") else Client()
    assert "no-store" in browser.get(address).headers["Cache-Control"]


def test_there_is_no_way_to_register_oneself(people, django_user_model):
    before = django_user_model.objects.count()
    Client().post("/accounts/signup/", {"username": "x", "email": "x@example.com", "password1": "quite-a-long-one"})
    assert django_user_model.objects.count() == before


def test_a_one_time_code_may_be_tried_as_seldom_as_a_password(people):
    TOTP.activate(people.rep_a, generate_totp_secret())
    RecoveryCodes.activate(people.rep_a)
    browser = Client()
    asked = sign_in("rep_a", PASSWORD, browser)
    assert asked.headers["Location"].startswith(reverse("mfa_authenticate"))
    pages = [browser.post(asked.headers["Location"], {"code": f"{number:06}"}).content.decode() for number in range(8)]
    assert SignInTry.objects.filter(account=f"code:{people.rep_a.pk}").count() == tries.PER_ACCOUNT
    assert pages[0] != pages[-1]
    assert browser.get("/me/").status_code == 302


def without_tokens(page):
    return re.sub(r'(csrfmiddlewaretoken" value="|X-CSRFToken": ")[^"]+|nonce-\S+|[0-9A-F]{8}', "", page)


def test_the_back_office_has_no_door_of_its_own_around_the_second_step(people):
    """Django's own form asks for a password alone."""
    for answer in (Client().get("/admin/login/"), Client().post("/admin/login/", {"username": "admin", "password": PASSWORD})):
        assert answer.headers["Location"].startswith(LOGIN)
