"""The pages of data quality, and what a record says of values that were filled in."""

import pytest

from crm.jobs.models import Job
from crm.settings.schedule import SCHEDULE
from customers.quality import figures, review, services, tasks
from customers.quality.models import CleaningRun, FixTask, Proposal

pytestmark = pytest.mark.django_db

PAGE = "/customers/quality/"


@pytest.fixture
def cleaned(dirty, people, run_jobs):
    """A house of rep_a after a cleaning: a name was written, a region is proposed, a person's mobile is doubted."""
    company = dirty.company(name="恒立达(上海)科技有限公司", address="江苏省苏州市昆山市前进西路 12 号")
    contact = dirty.contact(company, points=[("email", "zhou@gmial.com", "zhou@gmial.com")])
    run = services.start(by=people.manager)
    run_jobs()
    figures.measure()
    company.refresh_from_db()
    return {"company": company, "contact": contact, "run": run}


@pytest.fixture
def decide(signed_in):
    """`decide(people.rep_a, verdict="accept", id=7)`: the answer to a posted decision."""
    return lambda user, **given: signed_in(user).post(f"{PAGE}proposals/decision/", given)


def test_every_page_answers_in_both_languages(people, cleaned, signed_in):
    browser = signed_in(people.manager)
    for language in ("zh-hans", "en"):
        browser.cookies["km_language"] = language
        for part in ("", "?of=contacts", f"?team={people.east_1.pk}&dimension=validity", "proposals/", "runs/", f"runs/{cleaned['run'].pk}/"):
            assert browser.get(PAGE + part).status_code == 200, part


def test_a_house_without_figures_says_so_and_makes_them_on_request(people, signed_in, run_jobs, make_company):
    make_company()
    browser = signed_in(people.manager)
    assert "measure/" in browser.get(PAGE).content.decode()
    assert browser.post(f"{PAGE}measure/").status_code == 303
    run_jobs()
    assert "100.0%" in browser.get(PAGE).content.decode()
    assert "measure/" not in signed_in(people.rep_a).get(PAGE).content.decode()


def test_the_page_reads_kept_figures_only_however_many_records_there_are(people, cleaned, signed_in, dirty, django_assert_max_num_queries):
    browser = signed_in(people.manager)
    with django_assert_max_num_queries(22):
        browser.get(PAGE)


def test_one_proposal_is_taken_over_from_the_page_and_leaves_the_list(people, cleaned, decide, signed_in):
    row = Proposal.objects.get(rule="company-region-gap")
    page = signed_in(people.rep_a).get(f"{PAGE}proposals/?rule=company-region-gap").content.decode()
    assert "江苏 苏州" in page
    assert "97%" not in page
    assert 'data-km-key="a"' in page
    assert decide(people.rep_a, verdict="accept", id=row.pk).status_code == 303
    cleaned["company"].refresh_from_db()
    assert cleaned["company"].region == "320583"
    assert "company-region-gap" not in signed_in(people.rep_a).get(f"{PAGE}proposals/").content.decode()


def test_by_htmx_the_row_alone_goes_away(people, cleaned, signed_in):
    row = Proposal.objects.get(rule="company-region-gap")
    answer = signed_in(people.rep_a).post(f"{PAGE}proposals/decision/", {"verdict": "reject", "id": row.pk}, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.content) == (200, b"")
    assert Proposal.objects.get(pk=row.pk).state == Proposal.State.REJECTED


def test_all_of_a_rule_are_decided_by_one_button(people, cleaned, decide):
    assert decide(people.manager, verdict="accept", rule="company-region-gap").status_code == 303
    assert decide(people.manager, verdict="reject", rule="contact-mail-slip").status_code == 303
    found = dict(Proposal.objects.exclude(rule="company-name").values_list("rule", "state"))
    assert (found["company-region-gap"], found["contact-mail-slip"]) == ("applied", "rejected")


def test_who_does_not_reach_the_record_does_not_find_its_proposal(people, cleaned, decide, signed_in):
    row = Proposal.objects.get(rule="company-region-gap")
    assert review.in_words([row], people.rep_c) == []
    assert decide(people.rep_c, verdict="accept", id=row.pk).status_code == 404
    assert decide(people.outsourced, verdict="accept", id=row.pk).status_code == 403
    assert "恒立达" not in signed_in(people.rep_c).get(f"{PAGE}proposals/").content.decode()
    assert decide(people.manager, verdict="accept", id="x").status_code == 404


def test_what_somebody_may_not_read_whole_is_covered_in_its_proposal(people, cleaned, signed_in):
    people.rep_a.role.fields = {"contacts.email": "mask"}
    people.rep_a.role.save()
    page = signed_in(people.rep_a).get(f"{PAGE}proposals/?rule=contact-mail-slip").content.decode()
    assert "z***@gmial.com" in page
    assert "zhou@gmial.com" not in page


def test_a_filled_value_says_where_it_comes_from_on_its_record_and_can_be_rejected_there(people, cleaned, decide, in_english):
    row = Proposal.objects.get(rule="company-region-gap")
    url = f"/customers/companies/{cleaned['company'].pk}/"
    assert "From cleaning" in in_english(people.rep_a).get(url).content.decode()
    services.accept([row], by=people.rep_a)
    page = in_english(people.rep_a).get(url).content.decode()
    assert "Filled in: Named in the address" in page
    assert f"{row.certainty}% sure" in page
    decide(people.rep_a, verdict="reject", id=row.pk)
    cleaned["company"].refresh_from_db()
    assert cleaned["company"].region == ""
    assert "Filled in" not in in_english(people.rep_a).get(url).content.decode()


def test_a_record_says_what_is_missing_how_many_points_each_gap_costs_and_where_to_fill_it(people, cleaned, in_english):
    page = in_english(people.rep_a).get(f"/customers/companies/{cleaned['company'].pk}/").content.decode()
    assert '<a href="edit/#id_credit_code">unified social credit code</a> +20' in page
    page = in_english(people.rep_a).get(f"/customers/contacts/{cleaned['contact'].pk}/").content.decode()
    assert '<a href="edit/#id_mobile">phone number</a> +15' in page


def test_a_cleaning_is_started_from_the_page_once_and_taken_back_from_its_report(people, cleaned, signed_in, run_jobs):
    browser = signed_in(people.manager)
    answer = browser.post(f"{PAGE}runs/", {"trial": "1"})
    assert answer.status_code == 303
    run_jobs()
    trial = CleaningRun.objects.get(is_trial=True)
    assert browser.get(f"{PAGE}runs/{trial.pk}/").status_code == 200
    assert browser.post(f"{PAGE}runs/{trial.pk}/undoing/").status_code == 409
    assert browser.post(f"{PAGE}runs/{cleaned['run'].pk}/undoing/").status_code == 303
    run_jobs()
    cleaned["company"].refresh_from_db()
    assert cleaned["company"].name == "恒立达(上海)科技有限公司"
    assert signed_in(people.rep_a).post(f"{PAGE}runs/").status_code == 403


def test_a_lead_asks_an_owner_from_the_table(people, cleaned, signed_in):
    given = {"of": "contacts", "dimension": "accuracy", "owner": people.rep_a.pk}
    assert signed_in(people.lead_east).post(f"{PAGE}task/", given).status_code == 303
    assert FixTask.objects.get().owner == people.rep_a
    assert signed_in(people.lead_south).post(f"{PAGE}task/", given).status_code == 403
    assert signed_in(people.lead_east).post(f"{PAGE}task/", given | {"dimension": "beauty"}).status_code == 404
    page = signed_in(people.rep_a).get(PAGE).content.decode()
    assert "/customers/contacts/?quality=accuracy" in page


def test_the_weekly_run_and_the_night_are_on_the_schedule(people, cleaned, run_jobs):
    assert {tasks.clean.name, tasks.measure.name, tasks.digest.name} <= {entry["task"] for entry in SCHEDULE.values()}
    tasks.clean()
    assert Job.objects.filter(kind=services.CLEAN, actor=people.system).count() == 1
    run_jobs()
    assert CleaningRun.objects.get(by=people.system).state == CleaningRun.State.DONE
