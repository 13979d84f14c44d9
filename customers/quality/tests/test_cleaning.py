"""What a cleaning run writes, what it proposes, and what it leaves alone (PRODUCT A13.4, A13.7, A13.8)."""

import json
from datetime import timedelta

import pytest
from django.core.management import call_command

from crm.activity.models import Activity
from crm.activity.undo import undo
from crm.core.errors import NotAllowed, WrongState
from crm.jobs import services as jobs
from crm.jobs.models import Job
from customers.companies import services as companies
from customers.companies.models import Company
from customers.contacts.models import ContactPoint
from customers.quality import services, walking
from customers.quality.models import CleaningRun, Proposal
from customers.quality.report import counts_of

pytestmark = pytest.mark.django_db
State = Proposal.State


@pytest.fixture
def clean(people, run_jobs):
    """`clean()`: a whole run by the manager; the run as it ended."""

    def run(by=None, **options):
        found = services.start(by=by or people.manager, **options)
        run_jobs()
        found.refresh_from_db()
        assert found.state == CleaningRun.State.DONE
        return found

    return run


def proposals(**narrow):
    return list(Proposal.objects.filter(**narrow))


# --- what loses nothing is written at once -----------------------------------------------------------


def test_a_run_writes_names_phones_codes_and_list_values_in_their_standard_form(dirty, clean):
    company = dirty.company(
        name="恒立达(上海)\u200b科技　有限公司", phone="０１０－６８８８ 1234 转 801", credit_code="91320594ma1x7k3l0q", region="江苏省苏州市",
        industry="装备制造",
        website="HLD.example/", address="星湖街 ３２８ 号  5  栋",
    )  # fmt: skip
    run = clean()
    company.refresh_from_db()
    assert company.name == "恒立达（上海）科技有限公司"
    assert company.phone == "+861068881234;801"
    assert company.credit_code == "91320594MA1X7K3L0Q"
    assert (company.region, company.industry, company.website) == ("3205", "machinery", "https://hld.example")
    assert company.address == "星湖街 328 号 5 栋"
    assert company.domain == "hld.example", "what follows from a value follows here too"
    assert company.points.get().norm == "+861068881234;801", "and the switchboard is found by its number"
    assert set(run.proposals.values_list("state", flat=True)) == {State.APPLIED}


def test_a_mobile_among_the_fixed_lines_becomes_a_mobile_and_mail_addresses_lose_their_blanks(dirty, clean):
    contact = dirty.contact(
        dirty.company(),
        points=[("landline", "138 0013 8000", "13800138000"), ("email", "Zhou＠Acme .cn", "zhou@acme .cn"), ("wechat", "zhou\u200b_88", "zhou_88")],
        name="周　建明",
    )
    clean()
    contact.refresh_from_db()
    assert contact.name == "周建明"
    assert sorted(contact.points.values_list("kind", "value", "norm")) == [
        ("email", "zhou@acme.cn", "zhou@acme.cn"),
        ("mobile", "+8613800138000", "+8613800138000"),
        ("wechat", "zhou_88", "zhou_88"),
    ]


def test_what_is_clean_already_stays_untouched(acme, clean):
    version = acme.company.version
    assert clean().proposals.filter(state=State.APPLIED).count() == 0
    acme.company.refresh_from_db()
    assert acme.company.version == version


def test_a_run_counts_each_record_once_and_a_second_run_finds_nothing_new(dirty, clean):
    dirty.company(name="恒立达(上海)科技有限公司")
    dirty.company(address="江苏省苏州市昆山市前进西路 12 号")
    first = clean()
    assert first.looked == 2
    assert counts_of(first) == {"company-name": {"applied": 1}, "company-region-gap": {"open": 1}}
    assert counts_of(clean()) == {}
    assert Proposal.objects.count() == 2


def test_a_name_that_another_company_carries_is_left_for_people(make_company, dirty, clean):
    make_company("恒立达（上海）科技有限公司")
    twin = dirty.company(name="恒立达(上海)科技有限公司")
    clean()
    twin.refresh_from_db()
    assert twin.name == "恒立达(上海)科技有限公司"
    assert [(row.rule, row.state) for row in proposals(object_id=twin.pk, field="name")] == [("company-name", State.OPEN)]


# --- everything else waits for a person ---------------------------------------------------------------


def test_a_mail_domain_that_looks_mistyped_is_only_proposed(dirty, clean, people):
    contact = dirty.contact(dirty.company(), points=[("email", "zhou@gmial.com", "zhou@gmial.com")])
    clean()
    (found,) = proposals(rule="contact-mail-slip")
    assert (found.state, found.after, found.is_doubt) == (State.OPEN, "email:zhou@gmail.com", True)
    assert contact.points.get().value == "zhou@gmial.com"
    services.accept([found], by=people.rep_a)
    assert contact.points.get().norm == "zhou@gmail.com"


def test_the_region_is_filled_from_address_area_code_and_credit_code_with_source_and_certainty(dirty, clean, people):
    by_address = dirty.company(address="江苏省苏州市昆山市前进西路 12 号")
    by_phone = dirty.company(phone="+8675588881234")
    by_both = dirty.company(address="深圳市南山区科技园", phone="+8675588881234")
    clean()
    found = {row.object_id: row for row in proposals(rule="company-region-gap")}
    assert [found[row.pk].after for row in (by_address, by_phone, by_both)] == ["320583", "4403", "440305"]
    assert [found[row.pk].certainty for row in (by_address, by_phone, by_both)] == [95, 85, 97]
    assert found[by_phone.pk].source == {"code": "area_code", "text": "0755"}
    services.accept([found[by_address.pk]], by=people.rep_a)
    by_address.refresh_from_db()
    assert by_address.region == "320583"
    assert Proposal.objects.get(pk=found[by_address.pk].pk).is_fill


def test_the_web_site_comes_from_colleagues_who_write_from_one_domain_and_never_from_one_person_or_a_provider(dirty, clean):
    company, alone, at_provider = dirty.company(), dirty.company(), dirty.company()
    for number in range(3):
        dirty.contact(company, points=[("email", f"a{number}@acme.cn", f"a{number}@acme.cn")])
        dirty.contact(at_provider, points=[("email", f"b{number}@qq.com", f"b{number}@qq.com")])
    dirty.contact(alone, points=[("email", "c@other.cn", "c@other.cn")])
    clean()
    (found,) = proposals(rule="company-website-gap")
    assert (found.object_id, found.after) == (company.pk, "https://acme.cn")
    assert found.source == {"code": "colleagues", "domain": "acme.cn", "count": 3, "of": 3}
    assert found.certainty == 85


def test_the_industry_comes_from_the_group_where_most_of_it_agrees(dirty, make_company, clean):
    group = make_company("恒立达集团有限公司", industry="machinery")
    make_company("恒立达重工有限公司", industry="machinery", parent=group)
    gap = make_company("恒立达精机有限公司", parent=group)
    clean()
    (found,) = proposals(rule="company-industry-gap")
    assert (found.object_id, found.after, found.source) == (gap.pk, "machinery", {"code": "group", "count": 2, "of": 2})


def test_a_value_on_no_list_is_proposed_by_its_words_and_left_alone_where_two_fit(dirty, clean):
    dirty.company(industry="机床设备制造")
    unclear = dirty.company(industry="汽车金融")
    dirty.company(size="50-100人")
    clean()
    assert sorted(row.after for row in proposals(rule="company-meant")) == ["machinery", "s100"]
    assert proposals(object_id=unclear.pk, rule="company-meant") == []


def test_gender_is_never_guessed_from_a_name(dirty, clean):
    dirty.contact(dirty.company(), name="王芳女士")
    clean()
    assert proposals(field="gender") == []


def test_a_region_that_the_address_contradicts_is_doubted_not_changed(dirty, clean):
    company = dirty.company(region="3205", address="深圳市南山区科技园", phone="+8675588881234")
    clean()
    (found,) = proposals(rule="company-region-doubt")
    assert (found.before, found.after, found.certainty) == ("3205", "440305", 90)
    company.refresh_from_db()
    assert company.region == "3205"


# --- deciding ---------------------------------------------------------------------------------------


def test_a_rejected_proposal_does_not_come_back_for_the_same_value_but_for_another(dirty, clean, people):
    company = dirty.company(address="江苏省苏州市昆山市前进西路 12 号")
    clean()
    services.reject(proposals(rule="company-region-gap"), by=people.rep_a)
    clean()
    assert proposals(state=State.OPEN) == []
    Company.objects.filter(pk=company.pk).update(address="深圳市南山区科技园 1 号")
    clean()
    assert [row.after for row in proposals(state=State.OPEN)] == ["440305"]


def test_a_filled_value_that_a_person_rejects_is_taken_out_again(dirty, clean, people):
    company = dirty.company(address="江苏省苏州市昆山市前进西路 12 号")
    clean()
    (done,) = services.accept(proposals(rule="company-region-gap"), by=people.rep_a)
    services.reject([done], by=people.rep_a)
    company.refresh_from_db()
    assert company.region == ""
    assert Proposal.objects.get(pk=done.pk).state == State.REJECTED
    clean()
    assert proposals(state=State.OPEN) == []


def test_a_proposal_whose_value_was_changed_since_is_out_of_date_and_writes_nothing(dirty, clean, people):
    company = dirty.company(address="江苏省苏州市昆山市前进西路 12 号")
    clean()
    companies.update(company, {"region": "4403"}, by=people.rep_a)
    assert services.accept(proposals(rule="company-region-gap"), by=people.rep_a) == []
    company.refresh_from_db()
    assert (company.region, Proposal.objects.get().state) == ("4403", State.STALE)


def test_nobody_decides_about_records_out_of_his_reach(dirty, clean, people):
    company = dirty.company(address="江苏省苏州市昆山市前进西路 12 号")
    clean()
    assert services.accept(proposals(), by=people.rep_c) == []
    with pytest.raises(NotAllowed):
        services.reject(proposals(), by=people.rep_c)
    with pytest.raises(NotAllowed):
        services.accept(proposals(), by=people.outsourced)
    company.refresh_from_db()
    assert company.region == ""
    assert [row.state for row in proposals()] == [State.OPEN]


def test_all_of_a_rule_are_taken_over_at_once_each_with_its_own_value(dirty, clean, people):
    one = dirty.company(address="江苏省苏州市昆山市前进西路 12 号")
    other = dirty.company(address="深圳市南山区科技园 1 号")
    clean()
    assert len(services.decide_rule("company-region-gap", accepts=True, by=people.manager)) == 2
    assert list(Company.objects.filter(pk__in=[one.pk, other.pk]).order_by("pk").values_list("region", flat=True)) == ["320583", "440305"]


def test_very_many_are_rejected_in_the_background(dirty, clean, people, run_jobs, monkeypatch):
    monkeypatch.setattr(services, "AT_ONCE", 1)
    for _number in range(3):
        dirty.company(address="深圳市南山区科技园 1 号")
    clean()
    services.decide_rule("company-region-gap", accepts=False, by=people.rep_a)
    run_jobs()
    assert [row.state for row in proposals(rule="company-region-gap")] == [State.REJECTED] * 3


def test_very_many_are_taken_over_in_the_background(dirty, clean, people, run_jobs, monkeypatch):
    monkeypatch.setattr(services, "AT_ONCE", 1)
    for _number in range(3):
        dirty.company(address="深圳市南山区科技园 1 号")
    clean()
    job = services.decide_rule("company-region-gap", accepts=True, by=people.manager)
    assert isinstance(job, Job)
    run_jobs()
    assert Company.objects.filter(region="440305").count() == 3


# --- taking back ------------------------------------------------------------------------------------


def test_a_run_is_taken_back_whole_and_what_was_changed_since_stays(dirty, clean, people, run_jobs):
    company = dirty.company(name="恒立达(上海)科技有限公司", phone="010-6888 1234")
    changed = dirty.company(name="精工(苏州)传动有限公司")
    contact = dirty.contact(company, points=[("landline", "138 0013 8000", "13800138000")])
    run = clean()
    companies.update(changed, {"name": "精工传动（苏州）有限公司"}, by=people.rep_a)
    services.take_back(run, by=people.manager)
    run_jobs()
    company.refresh_from_db()
    changed.refresh_from_db()
    run.refresh_from_db()
    assert (company.name, company.phone) == ("恒立达(上海)科技有限公司", "010-6888 1234")
    assert changed.name == "精工传动（苏州）有限公司"
    assert contact.points.get().kind == ContactPoint.Kind.LANDLINE
    assert (run.state, run.job.result) == (CleaningRun.State.UNDONE, {"back": 3, "left": 1})


def test_a_number_that_was_changed_since_keeps_what_it_has(dirty, clean, people, run_jobs):
    contact = dirty.contact(dirty.company(), points=[("email", "Zhou@Acme.cn", "zhou@acme.cn")])
    run = clean()
    contact.points.update(value="zhou@other.cn", norm="zhou@other.cn")
    services.take_back(run, by=people.manager)
    run_jobs()
    assert contact.points.get().value == "zhou@other.cn"


def test_what_was_taken_back_is_not_written_again_by_the_next_run(dirty, clean, people, run_jobs):
    company = dirty.company(name="恒立达(上海)科技有限公司")
    services.take_back(clean(), by=people.manager)
    run_jobs()
    clean()
    company.refresh_from_db()
    assert company.name == "恒立达(上海)科技有限公司"


def test_a_run_of_a_month_ago_cannot_be_taken_back(dirty, clean, people, at):
    moment = at("2026-10-01 03:00")
    dirty.company(name="恒立达(上海)科技有限公司")
    run = clean()
    at(moment + timedelta(days=31))
    with pytest.raises(WrongState):
        services.take_back(run, by=people.manager)


def test_the_bulk_event_of_a_run_is_undone_like_every_other_bulk_change(dirty, clean, people):
    company = dirty.company(name="恒立达(上海)科技有限公司")
    run = clean()
    (event,) = set(run.proposals.values_list("event_id", flat=True))
    undo(event, by=people.manager)
    company.refresh_from_db()
    assert company.name == "恒立达(上海)科技有限公司"


def test_the_original_is_kept_on_the_timeline_of_the_record(dirty, clean, people):
    company = dirty.company(name="恒立达(上海)科技有限公司")
    clean()
    written = Activity.objects.get(verb="companies.updated", object_id=company.pk)
    assert (written.actor, written.data["cleaned"]) == (people.manager, True)
    assert proposals(object_id=company.pk)[0].before == "恒立达(上海)科技有限公司"


# --- running ----------------------------------------------------------------------------------------


def test_a_dry_run_writes_nothing_and_counts_everything(dirty, capsys, tmp_path):
    company = dirty.company(name="恒立达(上海)科技有限公司", address="江苏省苏州市昆山市前进西路 12 号")
    out = tmp_path / "out.json"
    call_command("clean_data", "--dry-run", "--json", str(out))
    told = json.loads(out.read_text(encoding="utf-8"))
    assert told["rules"] == {"company-name": {"found": 1}, "company-region-gap": {"found": 1}}
    company.refresh_from_db()
    assert company.name == "恒立达(上海)科技有限公司"
    assert Proposal.objects.count() == 0


def test_the_command_runs_only_the_named_rules_and_refuses_unknown_ones(dirty, capsys):
    company = dirty.company(name="恒立达(上海)科技有限公司", phone="010-6888 1234")
    call_command("clean_data", "--kinds", "company-phone")
    company.refresh_from_db()
    assert (company.name, company.phone) == ("恒立达(上海)科技有限公司", "+861068881234")
    with pytest.raises(SystemExit) as ended:
        call_command("clean_data", "--kinds", "magic")
    assert ended.value.code == 2


def test_a_killed_run_goes_on_where_it_was_and_writes_nothing_twice(dirty, people, monkeypatch):
    monkeypatch.setattr(walking, "CHUNK", 2)
    made = [dirty.company(name=f"恒立达(上海)科技{number}有限公司") for number in range(5)]
    run = services.start(by=people.manager)
    look, calls = walking._look, []

    def dies_in_the_second_chunk(noun, rows, *rest, **named):
        calls.append(noun)
        if len(calls) == 4:
            raise KeyboardInterrupt
        return look(noun, rows, *rest, **named)

    monkeypatch.setattr(walking, "_look", dies_in_the_second_chunk)
    with pytest.raises(KeyboardInterrupt):
        jobs.work(jobs.claim(run.job_id))
    assert Proposal.objects.filter(state=State.APPLIED).count() == 2, "the first chunk is there, the second is undone as a whole"
    monkeypatch.setattr(walking, "_look", look)
    Job.objects.update(lease_until=None, state=Job.State.QUEUED)
    jobs.work(jobs.claim(run.job_id))
    run.refresh_from_db()
    assert (run.state, run.looked) == (CleaningRun.State.DONE, 5)
    assert Proposal.objects.filter(state=State.APPLIED).count() == 5
    assert Activity.objects.filter(verb="companies.updated", object_id__in=[row.pk for row in made]).count() == 5


def test_asking_twice_starts_one_run(people):
    assert services.start(by=people.manager) == services.start(by=people.manager)


def test_only_who_may_starts_a_run(people):
    with pytest.raises(NotAllowed):
        services.start(by=people.rep_a)


def test_whoever_may_run_it_cleans_what_lies_within_the_own_reach_and_nothing_else(dirty, people, run_jobs):
    people.lead_south.role.rights["quality.run"] = "tree"
    people.lead_south.role.save()
    own = dirty.company(name="恒立达(上海)科技有限公司")
    run = services.start(by=people.lead_south)
    run_jobs()
    run.refresh_from_db()
    own.refresh_from_db()
    assert (run.looked, own.name) == (0, "恒立达(上海)科技有限公司")
