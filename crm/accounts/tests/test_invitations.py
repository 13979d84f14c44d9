"""A person without a password gets in by a link that an administrator passes on."""

import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.conf import settings as house
from django.test import Client

from crm.accounts import services
from crm.accounts.models import Role, User
from crm.activity.dispatch import dispatch_all
from crm.activity.models import Activity
from crm.core.errors import NotAllowed, WrongState
from crm.jobs.models import Job

pytestmark = pytest.mark.django_db
NEW = "quite-another-one"


@pytest.fixture
def gao(people):
    values = {"username": "gao", "name": "高远", "email": "gao@example.com"}
    return services.create_person(values, by=people.admin, role=Role.objects.get(code="rep"), team=people.east_2)


def opened(link):
    """A browser that followed the link, and the page it came to."""
    browser = Client()
    return browser, browser.get(link.removeprefix(house.SITE_URL), follow=True)


def works(link):
    return not opened(link)[1].context.get("token_fail")


def used(link, password=NEW):
    """The answer to setting a password by the link."""
    browser, page = opened(link)
    return browser.post(page.request["PATH_INFO"], {"password1": password, "password2": password})


def sign_in(name, password):
    return Client().post("/accounts/login/", {"login": name, "password": password}).status_code == 302


def links_in(text):
    return re.findall(r"http\S+/reset/key/[\w-]+/", text)


def chosen(browser, action, *users):
    """The page an administrator sees after an action of the list of people."""
    given = urlencode({"action": action, "_selected_action": [user.pk for user in users]}, doseq=True)
    kind = "application/x-www-form-urlencoded"
    return browser.post("/admin/accounts/user/", given, content_type=kind, follow=True).content.decode()


def test_the_link_sets_a_password_once_and_the_person_signs_in_with_it(people, gao):
    link = services.invite(gao, by=people.admin)
    assert not sign_in("gao", NEW)
    assert used(link).status_code == 302
    assert sign_in("gao", NEW)
    assert not works(link)


def test_a_newer_link_makes_the_older_one_useless_also_for_who_has_a_password(people, gao):
    for user in (gao, people.rep_a):
        older, newer = services.invite(user, by=people.admin), services.invite(user, by=people.admin)
        assert (works(older), works(newer)) == (False, True)


def test_a_link_is_dead_once_a_password_was_set_on_another_way(people, gao):
    link = services.invite(gao, by=people.admin)
    services.set_password(User.objects.get(pk=gao.pk), NEW, by=people.admin)
    assert not works(link)


def test_whoever_is_shut_out_gets_in_by_no_older_link_also_not_after_coming_back(people, gao):
    link = services.invite(gao, by=people.admin)
    services.deactivate(gao, by=people.admin)
    assert not works(link)
    services.reactivate(gao, by=people.admin)
    assert not works(link)


def test_a_link_lasts_three_days(people, gao, at):
    moment = at("2026-11-20 09:00")
    link = services.invite(gao, by=people.admin)
    at(moment + timedelta(days=3))
    assert works(link)
    at(moment + timedelta(days=3, seconds=1))
    assert not works(link)


def test_an_invitation_leaves_the_old_password_alone_until_the_new_one_is_set(people):
    password = "the-old-one-of-hers"
    services.set_password(people.rep_a, password, by=people.admin)
    link = services.invite(people.rep_a, by=people.admin)
    assert works(link)
    assert sign_in("rep_a", password)
    assert not works(link)


def test_nobody_but_an_administrator_invites(people, gao):
    for nobody in (people.manager, people.rep_a, gao):
        with pytest.raises(NotAllowed):
            services.invite(gao, by=nobody)


def test_only_who_may_sign_in_is_invited(people, gao):
    services.deactivate(gao, by=people.admin)
    for nobody in (gao, User.objects.get(is_system=True)):
        with pytest.raises(WrongState):
            services.invite(nobody, by=people.admin)


def test_the_link_is_ours_and_stands_in_no_row(people, gao, settings, run_jobs, post_office):
    settings.SITE_URL = "https://crm.example.com"
    link = services.invite(gao, by=people.admin)
    dispatch_all()
    run_jobs()
    assert link.startswith("https://crm.example.com/accounts/password/reset/key/")
    invited = Activity.objects.get(verb="people.invited")
    assert (invited.actor, invited.object_id, invited.data) == (people.admin, gao.pk, {})
    secret = link.rstrip("/").rpartition("-")[2]
    assert secret not in str([list(model.objects.values()) for model in (User, Activity, Job)])


@pytest.mark.parametrize(("language", "subject"), [("en", "Your account for Keman CRM"), ("", "你的客满 CRM 账号")])
def test_the_same_link_goes_out_by_mail_in_the_language_of_the_person(language, subject, people, gao, post_office, run_jobs):
    User.objects.filter(pk=gao.pk).update(language=language)
    link = services.invite(gao, by=people.admin)
    dispatch_all()
    run_jobs()
    (letter,) = post_office.letters
    assert (letter["To"], letter["Subject"]) == ("gao@example.com", subject)
    assert links_in(letter.get_content()) == [link]
    assert "gao" in letter.get_content().replace(link, "")


def test_no_mail_goes_out_when_the_link_was_used_before_or_there_is_no_address(people, gao, post_office, run_jobs):
    User.objects.filter(pk=people.rep_b.pk).update(email="")
    services.invite(people.rep_b, by=people.admin)
    used(services.invite(gao, by=people.admin))
    dispatch_all()
    run_jobs()
    assert post_office.letters == []
    assert {job.state for job in Job.objects.all()} == {"done"}


def test_after_adding_a_person_the_administrator_sees_the_link_to_pass_on(people, signed_in):
    given = {"username": "gao", "name": "高远", "email": "gao@example.com", "team": people.east_2.pk, "role": people.rep_a.role_id, "language": ""}
    page = signed_in(people.admin).post("/admin/accounts/user/add/", given, follow=True, headers={"Host": "localhost"}).content.decode()
    (link,) = links_in(page)
    assert "高远" in page
    assert link.startswith(house.SITE_URL)
    used(link)
    assert sign_in("gao", NEW)


def test_the_page_of_a_person_offers_a_new_link_to_those_who_may_sign_in(people, gao, signed_in):
    office, address = signed_in(people.admin), f"/admin/accounts/user/{gao.pk}/change/"
    assert 'value="invite"' in office.get(address).content.decode()
    (link,) = links_in(chosen(office, "invite", gao))
    assert works(link)
    chosen(office, "shut_out", gao)
    page = office.get(address).content.decode()
    assert ('value="invite"' in page, 'value="let_in"' in page) == (False, True)
    assert links_in(chosen(office, "invite", gao)) == []


def test_a_role_is_marked_as_needed_and_the_language_is_chosen_from_those_spoken(people, signed_in):
    office = signed_in(people.admin)
    form = office.get("/admin/accounts/user/add/").context["adminform"].form
    assert form.fields["role"].required
    assert [code for code, _name in form.fields["language"].choices] == ["", "zh-hans", "en"]
    answer = office.post("/admin/accounts/user/add/", {"username": "gao", "name": "高远", "language": "tlh"})
    assert set(answer.context["adminform"].form.errors) == {"role", "language"}
