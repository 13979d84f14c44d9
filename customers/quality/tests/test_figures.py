"""The six dimensions: what falls short of each, the figures of a night, who is asked to put it right (PRODUCT A13.5)."""

from datetime import timedelta

import pytest

from crm.core import clock
from crm.core.errors import NotAllowed, WrongState
from crm.notifications.models import Notice
from crm.notifications.notices import words_of
from customers.companies import services as companies
from customers.companies.flaws import DIMENSIONS
from customers.companies.models import Company
from customers.contacts import services as contacts
from customers.contacts.models import Contact
from customers.models import DuplicatePair
from customers.quality import figures, fixing, services
from customers.quality.models import FixTask, QualityDay, QualityGoal
from customers.quality.parts import Part

pytestmark = pytest.mark.django_db


def short(noun, dimension):
    measured = figures.MEASURED[noun]
    return set(measured.model.objects.filter(measured.flawed(dimension, 80)).values_list("pk", flat=True))


def pair(noun, left, right, *, decision="review", state="open"):
    """Two records that may be one, as the search for duplicates found them."""
    DuplicatePair.objects.create(noun=noun, left_id=left.pk, right_id=right.pk, score=0.9, decision=decision, state=state)
    return {left.pk, right.pk}


def test_each_dimension_finds_the_companies_that_fall_short_of_it_and_no_other(dirty, make_company, at):
    at("2026-11-20 09:00")
    complete = {"industry": "machinery", "size": "s100", "region": "3205", "address": "星湖街 328 号", "source": "referral", "phone": "0512-68881234"}
    complete |= {"website": "https://a.example", "credit_code": "91320594MA1X7K3L0Q"}
    good = make_company("甲公司", **complete)
    by_flaw = {
        "completeness": {dirty.company(completeness=79).pk},
        "consistency": {dirty.company(name="恒立达\u3000机械").pk, dirty.company(industry="装备").pk, dirty.company(phone="+8613800138000").pk},
        "validity": {dirty.company(**wrong).pk for wrong in ({"phone": "12ab"}, {"credit_code": "123"}, {"website": "x", "domain": ""}, {"region": "99"})},
        "uniqueness": pair("companies", dirty.company(), dirty.company()),
        "timeliness": {dirty.company(updated_at=clock.now() - timedelta(days=181)).pk},
    }  # fmt: skip
    Company.objects.exclude(pk__in=by_flaw["completeness"]).update(completeness=80)
    assert {dimension: short("companies", dimension) for dimension in by_flaw} == by_flaw
    assert good.pk not in set().union(*(short("companies", dimension) for dimension in DIMENSIONS))


def test_spoken_to_lately_is_fresh_however_old_the_entry(dirty, at):
    at("2026-11-20 09:00")
    old = clock.now() - timedelta(days=300)
    dirty.company(updated_at=old, last_contact_at=clock.now() - timedelta(days=10))
    silent = dirty.company(updated_at=old, last_contact_at=old)
    assert short("companies", "timeliness") == {silent.pk}


def test_each_dimension_finds_the_people_that_fall_short_of_it(dirty, make_company, at, people):
    at("2026-11-20 09:00")
    firm = make_company()
    dead = dirty.contact(firm, points=[("mobile", "+8613800000001", "+8613800000001")])
    dead.points.update(state="invalid")
    odd = dirty.contact(firm, position="设备\u200b部")
    wrong = dirty.contact(firm, points=[("email", "a@b", "a@b")])
    twins = pair("contacts", dirty.contact(firm), dirty.contact(firm))
    pair("contacts", dirty.contact(firm), dirty.contact(firm), decision="related")
    pair("contacts", dirty.contact(firm), dirty.contact(firm), state="different")
    stale = dirty.contact(firm, points=[("mobile", "+8613800000002", "+8613800000002")])
    stale.points.update(state="valid", verified_at=clock.now() - timedelta(days=181))
    fresh = dirty.contact(firm, points=[("mobile", "+8613800000003", "+8613800000003")])
    fresh.points.update(state="valid", verified_at=clock.now() - timedelta(days=180))
    found = {dimension: short("contacts", dimension) for dimension in ("accuracy", "consistency", "validity", "uniqueness", "timeliness")}
    assert found == {"accuracy": {dead.pk}, "consistency": {odd.pk}, "validity": {wrong.pk}, "uniqueness": twins, "timeliness": {stale.pk}}


def test_a_value_that_something_else_contradicts_lowers_accuracy_until_somebody_decides(dirty, people, run_jobs):
    company = dirty.company(region="3205", address="深圳市南山区科技园")
    services.start(by=people.manager)
    run_jobs()
    assert short("companies", "accuracy") == {company.pk}
    services.reject(services.Proposal.objects.filter(rule="company-region-doubt"), by=people.rep_a)
    assert short("companies", "accuracy") == set()


def test_a_night_keeps_the_figures_by_owner_and_a_second_look_replaces_them(dirty, people, at):
    at("2026-11-20 02:30")
    for number in range(3):
        dirty.company(industry="装备" if number == 0 else "machinery", completeness=50 + 10 * number)
    dirty.company(by=people.rep_c, completeness=100)
    figures.measure()
    figures.measure()
    assert QualityDay.objects.filter(noun="companies").count() == 2
    rows = figures.scores(QualityDay.objects.filter(noun="companies", owner=people.rep_a))
    # 2 of 3 agree with the lists; (50 + 60 + 70) ÷ 3 = 60
    assert (rows["consistency"].short, round(rows["consistency"].percent, 1)) == (1, 66.7)
    assert (rows["completeness"].short, rows["completeness"].percent) == (3, 60)
    house = figures.scores(QualityDay.objects.filter(noun="companies"))
    assert (house["completeness"].records, house["completeness"].percent) == (4, 70)


def test_every_figure_is_the_count_of_the_list_it_opens(dirty, people, reader, at):
    at("2026-11-20 09:00")
    dirty.company(industry="装备", phone="12ab")
    dirty.company(name="恒立达\u3000机械", updated_at=clock.now() - timedelta(days=181))
    dirty.company(by=people.rep_c, industry="装备")
    dirty.contact(dirty.company(), points=[("email", "a@b", "a@b")])
    figures.measure()
    aims = figures.goals()
    for who, noun in [(people.manager, "companies"), (people.lead_east, "companies"), (people.rep_a, "companies"), (people.manager, "contacts")]:
        part = Part.asked(who, noun)
        for dimension, score in figures.scores(part.rows(noun)).items():
            path, query = fixing.short_url(noun, dimension, part.parameters(), aims[dimension]).split("?")
            assert len(reader(who, path).ids(f"?{query}")) == score.short, (who.username, noun, dimension)


def test_the_rights_say_whose_figures_a_person_sees(people, dirty):
    assert Part.asked(people.rep_a, "companies", team=people.east_2.pk, owner=people.rep_c.pk) == Part(people.rep_a, owner=people.rep_a.pk)
    assert Part.asked(people.lead_east, "companies", team=people.south.pk).team == people.east.pk
    assert Part.asked(people.lead_east, "companies", team=people.east_1.pk).team == people.east_1.pk
    assert Part.asked(people.manager, "companies") == Part(people.manager)
    with pytest.raises(NotAllowed):
        Part.asked(people.outsourced, "companies")


# --- asking, and telling --------------------------------------------------------------------------


def test_an_owner_is_asked_once_hears_of_it_and_is_done_when_nothing_is_left(dirty, people, reader, at):
    at("2026-11-20 09:00")
    company = dirty.company(industry="装备")
    task = fixing.ask(owner=people.rep_a, noun="companies", dimension="consistency", by=people.lead_east)
    assert fixing.ask(owner=people.rep_a, noun="companies", dimension="consistency", by=people.manager) == task
    notice = Notice.objects.get(user=people.rep_a)
    path, query = notice.url.split("?")
    assert reader(people.rep_a, path).ids(f"?{query}") == [company.pk]
    assert "陈立" in words_of(notice)[0]
    assert [one["left"] for one in fixing.tasks_of(people.rep_a)] == [1]
    companies.update(company, {"industry": "machinery"}, by=people.rep_a)
    assert fixing.tasks_of(people.rep_a) == []
    figures.measure()
    assert FixTask.objects.get().done_at == clock.now()


def test_nobody_is_asked_for_nothing_or_by_somebody_who_does_not_reach_him(dirty, people):
    dirty.company(industry="装备")
    with pytest.raises(NotAllowed):
        fixing.ask(owner=people.rep_a, noun="companies", dimension="consistency", by=people.lead_south)
    with pytest.raises(WrongState):
        fixing.ask(owner=people.rep_c, noun="companies", dimension="consistency", by=people.manager)


def test_the_digest_tells_those_who_look_after_others_what_is_furthest_from_its_goal(dirty, people, at):
    moment = at("2026-11-16 02:30")
    QualityGoal.objects.filter(dimension="completeness").update(percent=10)
    first = dirty.company(industry="装备")
    dirty.company(industry="machinery")
    figures.measure()
    at(moment + timedelta(days=7))
    Company.objects.filter(pk=first.pk).update(industry="machinery")
    dirty.company(industry="装备")
    dirty.company()
    figures.measure()
    fixing.digest()
    fixing.digest()
    told = set(Notice.objects.filter(code=fixing.DIGEST).values_list("user__username", flat=True))
    assert told == {"lead_east", "manager", "marketing", "finance", "admin"}, "a lead without records has nothing to hear"
    notice = Notice.objects.get(user=people.manager, code=fixing.DIGEST)
    # One of two agreed with the lists a week ago, three of four do now.
    assert (notice.facts["dimension"], notice.facts["percent"], notice.facts["change"], notice.facts["short"]) == ("consistency", 75.0, 25.0, 1)


# --- completeness and freshness ---------------------------------------------------------------------


def test_an_administrator_sets_the_weights_for_each_step_and_all_scores_follow(make_company, people, signed_in, run_jobs):
    company = make_company(industry="machinery")
    assert company.completeness == 15
    weight = companies.completeness.weights.Weight.objects.get(noun="companies", field="industry", step=0)
    browser = signed_in(people.admin)
    answer = browser.post(f"/admin/customers/weight/{weight.pk}/change/", {"noun": "companies", "step": 0, "field": "industry", "points": 115})
    assert answer.status_code == 302
    run_jobs()
    company.refresh_from_db()
    assert company.completeness == 58  # 115 of 200


def test_a_step_with_weights_of_its_own_goes_by_them(make_company):
    weights = companies.completeness.weights
    weights.Weight.objects.create(noun="companies", step=3, field="address", points=1)
    weights.forget()
    company = make_company(address="星湖街 328 号")
    assert company.completeness == 10
    company.step = 3
    assert (companies.completeness.score(company), companies.completeness.explained(company)) == (100, [])


def test_the_score_counts_only_what_can_be_used_and_says_what_each_gap_costs(dirty):
    company = dirty.company(phone="12ab", credit_code="123", industry="machinery", website="https://a.example", domain="a.example")
    assert companies.completeness.score(company) == 25
    assert companies.completeness.explained(company)[:3] == [("credit_code", 20), ("region", 15), ("size", 10)]


def test_a_number_found_dead_no_longer_counts_and_lowers_accuracy_until_it_is_replaced(acme, people):
    point = acme.contact.points.get()
    before = acme.contact.completeness
    contacts.mark_invalid(point, by=people.rep_a)
    acme.contact.refresh_from_db()
    assert acme.contact.completeness == before - 15
    assert short("contacts", "accuracy") == {acme.contact.pk}
    contacts.update(acme.contact, {"mobile": "139 1234 7788"}, by=people.rep_a)
    assert short("contacts", "accuracy") == set()
    assert Contact.objects.get().completeness == before
