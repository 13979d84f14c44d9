"""Searching all records for duplicates, and what stays of a decision."""

import csv
from datetime import timedelta

import pytest
from django.core.management import call_command

from crm.core import clock
from crm.core.errors import WrongState
from crm.jobs import services as jobs
from customers.companies import services as companies
from customers.contacts import services as contacts
from customers.duplicates import searches, services
from customers.duplicates.finding import keep, pairs
from customers.duplicates.models import DuplicatePair, SearchSetting

pytestmark = pytest.mark.django_db
State = DuplicatePair.State


@pytest.fixture
def firms(make_company):
    """A firm written twice, its branch, a subsidiary of its group, and strangers in the same city."""
    group = make_company("苏州恒立达集团有限公司", address="苏州工业园区金鸡湖大道88号")
    first = make_company("苏州恒立达精密机械有限公司", address="苏州工业园区星湖街218号", phone="0512-68881234", website="hengli-da.cn")
    second = make_company("苏州市恒立达精密机械", address="星湖街218号", phone="0512 6888 1234", website="www.hengli-da.cn")
    branch = make_company("苏州恒立达精密机械有限公司无锡分公司", address="无锡市新吴区长江路16号", phone="0512-68881234")
    sister = make_company("苏州恒立达精密机械销售有限公司", parent=group, address="苏州工业园区星湖街218号", phone="0512-68881234")
    child = make_company("苏州恒立达精密机械科技有限公司", parent=group, address="苏州工业园区星湖街218号", phone="0512-68881234")
    for number in range(40):
        make_company(
            f"苏州{'金木水火土日月星辰云'[number % 10]}{'达通远博恒瑞'[number % 6]}{'贸易纺织电子物流'[number % 4 * 2 :][:2]}有限公司",
            address=f"人民路{number * 7 + 3}号",
        )
    return {"group": group, "first": first, "second": second, "branch": branch, "sister": sister, "child": child}


def found(noun="companies"):
    return {(pair.left_id, pair.right_id): pair for pair in pairs(noun)}


def test_a_firm_written_twice_is_found_and_its_branch_and_sisters_are_never_the_same(firms):
    by_ids = found()
    key = (firms["first"].pk, firms["second"].pk)
    assert by_ids[key].decision == "same"
    assert "phone" in by_ids[key].reasons["same"]
    assert {pair.decision for ids, pair in by_ids.items() if firms["branch"].pk in ids} <= {"related"}
    assert by_ids[firms["sister"].pk, firms["child"].pk].decision == "related"


def test_a_person_entered_twice_is_found_by_what_is_his_own(make_company, make_contact, people):
    company = make_company()
    one = make_contact(company, "欧阳娜娜", wechat="nana_1988")
    bare = {"name": "歐陽娜娜", "company": company, "position": "采购", "wechat": "Nana_1988"}
    two = contacts.create(bare, by=people.rep_a, even_if_known=True)
    for number in range(30):
        make_contact(company, f"{'王李张刘陈杨'[number % 6]}{'建国明华丽芳'[number % 5]}{'军强伟磊'[number % 4]}")
    assert found("contacts")[one.pk, two.pk].decision == "same"


def test_what_was_decided_outlives_every_later_search(firms, people):
    keep("companies", pairs("companies"))
    pair = DuplicatePair.objects.get(left_id=firms["first"].pk, right_id=firms["second"].pk)
    services.decide(pair, State.DIFFERENT, by=people.manager)
    keep("companies", pairs("companies"))
    pair.refresh_from_db()
    assert (pair.state, pair.decided_by) == (State.DIFFERENT, people.manager)


def test_an_open_pair_that_is_not_found_again_leaves_the_list(firms, people):
    keep("companies", pairs("companies"))
    companies.delete(firms["second"], by=people.rep_a)
    keep("companies", pairs("companies"))
    assert not DuplicatePair.objects.of("companies", [firms["second"].pk]).exists()


def test_a_pair_put_off_comes_back_after_a_week(firms, people, at):
    at("2026-11-20 10:00")
    keep("companies", pairs("companies"))
    pair = DuplicatePair.objects.get(left_id=firms["first"].pk, right_id=firms["second"].pk)
    services.decide(pair, State.LATER, by=people.manager)
    assert pair not in DuplicatePair.objects.waiting()
    at("2026-11-27 00:01")
    assert pair in DuplicatePair.objects.waiting()


def test_a_pair_is_seen_by_those_alone_who_may_merge_both_its_records(firms, people):
    keep("companies", pairs("companies"))
    visible = {name: DuplicatePair.objects.visible_to(getattr(people, name)).count() for name in ("manager", "admin", "rep_c")}
    assert visible["manager"] == visible["admin"] == DuplicatePair.objects.count() > 0
    assert visible["rep_c"] == 0


def test_the_search_runs_in_the_background_and_not_twice_at_once(firms, people):
    job = searches.search("companies", by=people.admin)
    with pytest.raises(WrongState):
        searches.search("companies", by=people.admin)
    jobs.work_all()
    job.refresh_from_db()
    assert job.state == job.State.DONE
    assert job.result["same"] == DuplicatePair.objects.filter(decision="same").count() >= 1


def test_a_search_that_is_begun_again_leaves_the_same_list(firms):
    first = clock.now() - timedelta(minutes=5)
    everything = list(pairs("companies"))
    keep("companies", everything[: len(everything) // 2], started=first)
    keep("companies", everything)
    assert DuplicatePair.objects.count() == len(everything)


def test_the_command_writes_ids_external_ids_and_reasons(firms, people, tmp_path):
    companies.update(firms["first"], {"external_id": "ERP-7"}, by=people.rep_a)
    call_command("find_duplicates", "companies", output=tmp_path / "pairs.csv", verbosity=0)
    with (tmp_path / "pairs.csv").open(encoding="utf-8") as file:
        rows = {(row["left_id"], row["right_id"]): row for row in csv.DictReader(file)}
    row = rows[str(firms["first"].pk), str(firms["second"].pk)]
    assert (row["left_ref"], row["right_ref"], row["decision"]) == ("ERP-7", "", "same")
    assert 0.99 < float(row["score"]) <= 1
    assert row["reasons"]


def test_what_the_rules_let_in_with_a_report_stands_on_the_list(make_company, people):
    one = make_company("苏州恒立达精密机械有限公司")
    two = companies.create({"name": "苏州恒立达精密机械股份有限公司"}, by=people.rep_a, even_if_known=True)
    pair = DuplicatePair.objects.get()
    assert (pair.left_id, pair.right_id, pair.found_by, pair.state) == (one.pk, two.pk, "form", State.OPEN)


@pytest.fixture
def identical(make_company):
    """A firm entered twice word for word, once more with another address, and strangers."""
    facts = {"phone": "0512-68881234", "website": "hengli-da.cn", "region": "3205"}
    first = make_company("苏州恒立达精密机械有限公司", address="星湖街218号", **facts)
    second = make_company("苏州恒立达精密机械有限公司", address="星湖街218号", industry="machinery", **facts)
    other = make_company("苏州恒立达精密机械有限公司", address="星湖街218号B座", **facts)
    for number in range(30):
        make_company(f"苏州{'金木水火土日'[number % 6]}{'达通远博恒'[number % 5]}纺织有限公司", address=f"人民路{number * 7 + 3}号")
    return [first, second, other]


@pytest.mark.parametrize(("allowed", "left"), [(False, 3), (True, 2)])
def test_only_what_says_the_same_is_merged_without_a_person_and_only_where_it_is_allowed(identical, people, allowed, left):
    SearchSetting.objects.create(noun="companies", merges_identical=allowed)
    job = searches.search("companies", by=people.admin)
    jobs.work_all()
    job.refresh_from_db()
    assert job.result["merged"] == 3 - left
    assert companies.Company.objects.filter(pk__in=[row.pk for row in identical], deleted_at=None).count() == left
