"""Leads from spreadsheets: whose they are, when they came, and the day they became customers."""

from datetime import UTC, datetime

import pytest

from crm.accounts.models import Pool
from crm.activity.models import Activity
from customers.companies.models import Company
from deals.leads.models import Lead


def test_leads_come_in_with_owner_source_and_day(sheet, take_in, people):
    path = sheet("a.csv", ["公司名称", "联系人", "手机", "来源", "创建时间", "负责人"], ["甲公司", "王芳", "13800138000", "展会", "2018-02-01", "周明"])
    assert take_in("leads", path, by=people.manager).created == 1
    lead = Lead.objects.get()
    assert (lead.name, lead.person, lead.mobile, lead.source, lead.owner) == ("甲公司", "王芳", "+8613800138000", "exhibition", people.rep_b)
    assert lead.created_at == datetime(2018, 1, 31, 16, tzinfo=UTC)
    assert Activity.objects.get(verb="leads.created").at == lead.created_at


def test_an_empty_cell_of_owner_or_day_says_nothing(sheet, take_in, people):
    head = ["公司名称", "手机", "创建时间", "负责人", "公海"]
    run = take_in("leads", sheet("a.csv", head, ["甲公司", "13800138000", "", "周明", ""], ["乙公司", "13800138001", "2018-02-01", "", ""]), by=people.manager)
    assert (run.created, run.rejected) == (2, 0)
    assert dict(Lead.objects.values_list("name", "owner__username")) == {"甲公司": "rep_b", "乙公司": "manager"}


def test_leads_can_be_left_to_a_pool(sheet, take_in, people):
    pool = Pool.objects.create(name="华东公海", noun="leads")
    assert take_in("leads", sheet("a.csv", ["公司名称", "公海"], ["甲公司", "华东公海"]), by=people.manager).created == 1
    assert (Lead.objects.get().pool, Lead.objects.get().owner) == (pool, None)


def test_the_same_lead_is_not_taken_twice(sheet, take_in, people):
    path = sheet("a.csv", ["公司名称", "手机"], ["甲公司", "13800138000"], ["甲公司", "138 0013 8000"], ["乙公司", ""], ["乙公司", ""])
    run = take_in("leads", path, by=people.manager)
    assert (run.created, run.duplicates) == (3, 1)
    again = take_in("leads", path, by=people.manager)
    assert (again.created, again.duplicates) == (2, 2)


@pytest.fixture
def mapping():
    return {"columns": {"id": "external_id", "won": "converted_on", "seller": ["became_company", "became_external_id"]}}


def test_a_lead_becomes_a_customer_at_the_moment_it_did(sheet, take_in, people, mapping):
    by = people.admin
    take_in("leads", sheet("a.csv", ["公司名称", "外部编号", "创建时间"], ["甲公司", "L1", "2018-02-01"]), by=by)
    path = sheet("b.csv", ["id", "won", "seller"], ["L1", "2/26/2018 19:58", "S1"], ["L2", "2/26/2018 19:58", "S2"])
    run = take_in("leads", path, by=by, mapping=mapping, mode="update", key="external_id")
    assert (run.updated, run.rejected) == (1, 1)
    lead, company = Lead.objects.get(), Company.objects.get()
    moment = datetime(2018, 2, 26, 11, 58, tzinfo=UTC)
    assert (lead.state, lead.company, lead.closed_at) == ("converted", company, moment)
    assert (company.name, company.external_id, company.created_at) == ("S1", "S1", moment)
    assert Activity.objects.get(verb="leads.converted").at == moment
    again = take_in("leads", path, by=by, mapping=mapping, mode="update", key="external_id")
    assert (again.updated, again.unchanged) == (0, 1)


def test_converting_without_a_code_needs_the_same_right_as_by_hand(sheet, take_in, report, people, mapping):
    take_in("leads", sheet("a.csv", ["公司名称", "外部编号"], ["甲公司", "L1"]), by=people.rep_a)
    run = take_in(
        "leads", sheet("b.csv", ["id", "won", "seller"], ["L1", "2018-02-26", "S1"]), by=people.rep_a, mapping=mapping, mode="update", key="external_id"
    )
    assert [line["code"] for line in report(run)["rejected"]] == ["not_allowed"]
    assert Lead.objects.get().company is None
