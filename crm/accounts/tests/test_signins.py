"""The book of sign-ins, new devices, and the second step of administrators (PRODUCT A15.8)."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value, yield_hotp_counters_from_time
from django.conf import settings as house
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import translation

from crm.accounts.models import SignInRecord
from crm.activity.dispatch import dispatch_all
from crm.activity.models import Activity
from crm.jobs.models import Job
from crm.notifications.models import Notice
from crm.notifications.notices import words_of
from crm.testing.fixtures import PASSWORD

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36 Edg/120.0.0.0"
WECHAT = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 MicroMessenger/8.0.44"
COOKIE = house.DEVICE_COOKIE_NAME


def sign_in(name="rep_a", password=PASSWORD, browser=None, agent=EDGE):
    browser = browser or Client()
    browser.post(LOGIN, {"login": name, "password": password}, headers={"User-Agent": agent}, REMOTE_ADDR="192.0.2.7")
    return browser


def book():
    return list(SignInRecord.objects.order_by("pk").values_list("name", "outcome", "address", "user__username"))


def test_every_sign_in_is_in_the_book_with_person_address_and_device(people):
    sign_in(password="wrong")
    sign_in("nobody", password="wrong")
    sign_in()
    assert book() == [
        ("rep_a", "wrong", "192.0.2.7", "rep_a"), ("nobody", "wrong", "192.0.2.7", None), ("rep_a", "worked", "192.0.2.7", "rep_a"),
    ]  # fmt: skip
    assert set(SignInRecord.objects.values_list("device", flat=True)) == {EDGE}


def test_a_locked_door_is_noted_once_however_often_somebody_knocks(people):
    for _time in range(12):
        sign_in(password="wrong")
    assert [outcome for _name, outcome, *_rest in book()] == ["wrong"] * 5 + ["locked"]


def test_a_wrong_code_is_in_the_book_and_the_sign_in_only_after_the_right_one(people):
    secret = generate_totp_secret()
    TOTP.activate(people.rep_a, secret)
    browser = sign_in()
    assert book() == []
    browser.post("/accounts/2fa/authenticate/", {"code": "000000"})
    right = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    browser.post("/accounts/2fa/authenticate/", {"code": right})
    assert [outcome for _name, outcome, *_rest in book()] == ["wrong_code", "worked"]


@pytest.mark.parametrize("tamper", [lambda rows: rows.update(outcome="worked"), lambda rows: rows.delete()])
def test_the_book_can_neither_be_changed_nor_shortened(people, tamper):
    sign_in(password="wrong")
    with pytest.raises(DatabaseError), transaction.atomic():
        tamper(SignInRecord.objects.all())
    assert len(book()) == 1


def test_a_browser_not_seen_before_is_told_of_in_the_inbox_and_by_mail(people, post_office, run_jobs):
    sign_in()
    dispatch_all()
    assert not Notice.objects.exists(), "the first browser of all is no news"
    sign_in(agent=WECHAT)
    dispatch_all()
    dispatch_all()
    run_jobs()
    notice = Notice.objects.get()
    assert notice.user == people.rep_a
    with translation.override("en"):
        assert words_of(notice)[0] == "Signed in on a new device: WeChat · iPhone, 192.0.2.7"
    (letter,) = post_office.letters
    assert letter["To"] == people.rep_a.email
    assert "WeChat · iPhone" in letter.get_content()
    assert f"{house.SITE_URL}/accounts/password/change/" in letter.get_content()
    assert list(SignInRecord.objects.order_by("pk").values_list("is_new_device", flat=True)) == [True, True]


def test_the_same_browser_is_known_again_after_the_session_and_shared_by_several_people(people):
    browser = sign_in()
    browser.post("/accounts/logout/")
    sign_in("rep_b", browser=browser)
    browser.post("/accounts/logout/")
    sign_in(browser=browser)
    browser.post("/accounts/logout/")
    sign_in("rep_b", browser=browser)
    assert not Activity.objects.filter(verb="people.new_device").exists()
    assert not Job.objects.exists()


def test_a_forged_mark_makes_no_browser_known(people):
    sign_in()
    browser = Client()
    browser.cookies[COOKIE] = f"{people.rep_a.pk}:forged:mark"
    sign_in(browser=browser)
    assert Activity.objects.filter(verb="people.new_device").count() == 1


def test_the_mark_is_out_of_reach_of_scripts_and_lasts_a_year(people):
    cookie = sign_in().cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"] >= 365 * 86400) == (True, "Lax", True)


def test_an_administrator_is_led_to_the_second_step_only_where_the_house_asks_for_it(people, settings):
    browser = sign_in("admin")
    assert browser.get("/me/").status_code == 200
    settings.ADMINISTRATORS_NEED_SECOND_FACTOR = True
    for page in ("/me/", "/", "/admin/", "/customers/companies/"):
        answer = browser.get(page)
        assert (answer.status_code, answer.headers["Location"]) == (303, "/accounts/2fa/totp/activate/"), page
    assert browser.post("/me/tokens/", {"name": "x"}).status_code == 303
    assert browser.get("/api/v1/companies/").json()["code"] == "second_factor_missing"
    assert browser.get("/me/", headers={"HX-Request": "true"}).headers["HX-Redirect"] == "/accounts/2fa/totp/activate/"
    page = browser.get("/accounts/2fa/totp/activate/", follow=True)
    assert page.status_code == 200
    assert sign_in("rep_a").get("/me/").status_code == 200


def test_with_the_second_step_set_up_the_administrator_goes_on(people, settings):
    settings.ADMINISTRATORS_NEED_SECOND_FACTOR = True
    browser = sign_in("admin")
    asked = browser.get("/accounts/2fa/totp/activate/", follow=True)
    assert asked.request["PATH_INFO"] == "/accounts/reauthenticate/", "the password once more, before something that matters"
    form = browser.post(asked.redirect_chain[-1][0], {"password": PASSWORD}, follow=True).context["form"]
    code = format_hotp_value(hotp_value(form.secret, next(iter(yield_hotp_counters_from_time()))))
    counts = browser.get("/menu/counts/", headers={"Accept": "*/*"})
    assert (counts.status_code, browser.session["mfa.totp.secret"]) == (403, form.secret), "a script of the page must not spoil the code shown there"
    assert browser.post("/accounts/2fa/totp/activate/", {"code": code}).status_code == 302
    assert browser.get("/me/").status_code == 200
