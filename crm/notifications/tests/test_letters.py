"""Mail goes out in the background, over a real conversation with a mail server."""

import re
from uuid import uuid4

import pytest
from django.conf import settings as house
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from crm.accounts import services as accounts
from crm.activity.models import Activity
from crm.jobs import services as jobs
from crm.jobs.models import Job
from crm.notifications import letters
from crm.notifications.mailing import noting

pytestmark = pytest.mark.django_db
RESET = "/accounts/password/reset/"


def asked(address, **cookies):
    """The answer to asking for a new password, with the statements it took."""
    browser = Client()
    browser.cookies.load(cookies)
    with CaptureQueriesContext(connection) as queries:
        answer = browser.post(RESET, {"email": address})
    return answer, [re.sub(r"'[^']*'|\d+", "?", query["sql"]) for query in queries]


def test_a_known_and_an_unknown_address_cost_the_same_work_and_read_the_same(people, post_office):
    asked("first@example.com")
    known, work = asked(people.rep_a.email)
    unknown, same_work = asked("nobody@example.com")
    assert work == same_work
    assert (known.status_code, known.headers["Location"], known.content) == (unknown.status_code, unknown.headers["Location"], unknown.content)
    assert post_office.letters == []
    assert [job.args["email"] for job in Job.objects.order_by("pk")[1:]] == [people.rep_a.email, "nobody@example.com"]


def test_the_worker_sends_the_link_to_whom_we_know_and_to_nobody_else(people, post_office, run_jobs):
    for address in (people.rep_a.email.upper(), "nobody@example.com"):
        asked(address)
    run_jobs()
    (letter,) = post_office.letters
    assert letter["To"] == people.rep_a.email
    link = next(word for word in letter.get_content().split() if "/reset/key/" in word)
    page = Client().get(link.removeprefix(house.SITE_URL), follow=True)
    assert not page.context.get("token_fail")
    assert {job.state for job in Job.objects.all()} == {"done"}
    assert link.rpartition("/reset/key/")[2].strip("/") not in str(list(Job.objects.values())) + str(list(Activity.objects.values("data")))


def test_who_has_left_gets_no_link(people, post_office, run_jobs):
    accounts.deactivate(people.rep_a, by=people.admin)
    asked(people.rep_a.email)
    run_jobs()
    assert post_office.letters == []


@pytest.mark.parametrize(
    ("own", "of_page", "subject"),
    [("en", "zh-hans", "Set a new password for Keman CRM"), ("zh-hans", "en", "重设客满 CRM 的密码"), ("", "en", "Set a new password for Keman CRM")],
)
def test_the_letter_speaks_the_language_of_its_reader_else_of_the_page(own, of_page, subject, people, post_office, run_jobs):
    type(people.rep_a).objects.filter(pk=people.rep_a.pk).update(language=own)
    asked(people.rep_a.email, **{house.LANGUAGE_COOKIE_NAME: of_page})
    run_jobs()
    assert [letter["Subject"] for letter in post_office.letters] == [subject]


def test_every_link_in_a_letter_is_ours(people, post_office, run_jobs, settings):
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://crm.example.com", ["*"]
    Client().post(RESET, {"email": people.rep_a.email}, headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"})
    run_jobs()
    (letter,) = post_office.letters
    assert set(re.findall(r"https?://[^\s/]+", letter.get_content())) == {"https://crm.example.com"}
    assert "evil" not in str(letter.items()) + letter.get_content()


def test_a_mail_server_that_is_away_holds_up_no_page_and_the_letter_goes_out_later(people, post_office, run_jobs, at):
    moment = at("2026-11-20 09:00")
    post_office.refusing = True
    assert asked(people.rep_a.email)[0].status_code == 302
    run_jobs()
    assert (Job.objects.get().state, post_office.letters) == ("queued", [])
    post_office.refusing = False
    at(moment.replace(minute=5))
    run_jobs()
    assert (Job.objects.get().state, len(post_office.letters)) == ("done", 1)


def test_a_letter_to_a_person_goes_out_once(people, post_office, run_jobs):
    letters.write("account/email/password_reset_key", people.rep_b, {"password_reset_url": "https://crm.example.com/x"})
    run_jobs()
    run_jobs()
    assert [letter["To"] for letter in post_office.letters] == [people.rep_b.email]


def test_a_letter_that_the_server_could_not_keep_goes_out_later(people, post_office, run_jobs, at):
    moment = at("2026-11-20 09:00")
    post_office.losing = True
    letters.write("account/email/password_reset_key", people.rep_b, {"password_reset_url": "https://crm.example.com/x"})
    run_jobs()
    assert (Job.objects.get().state, Job.objects.get().done, post_office.letters) == ("queued", 0, [])
    post_office.losing = False
    at(moment.replace(minute=5))
    run_jobs()
    assert (Job.objects.get().state, len(post_office.letters)) == ("done", 1)


def test_a_letter_whose_job_was_taken_away_is_not_sent(people, post_office):
    letters.write("account/email/password_reset_key", people.rep_b, {"password_reset_url": "https://crm.example.com/x"})
    mine = jobs.claim()
    Job.objects.update(holder=uuid4())  # another worker took it over
    jobs.work(mine)
    assert post_office.letters == []


def test_a_line_that_begins_with_a_dot_arrives_as_it_is(people, post_office):
    with noting(lambda: None):
        EmailMessage("点", ".开头\r\n..两个\r\n.\r\n最后", to=[people.rep_a.email]).send()
    (letter,) = post_office.letters
    assert letter.get_content().split() == [".开头", "..两个", ".", "最后"]
