"""After sixty days what nothing refers to is gone for good, with its files; the rest and the log stay."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from crm.activity.models import Activity
from crm.bin import removing, tasks
from crm.bin.models import BinSetting, days_kept
from crm.core import clock
from crm.files import services as files
from crm.files import storage
from crm.files import tasks as file_tasks
from crm.files.models import KeptFile
from customers.companies import services as companies
from customers.contacts import services as contacts
from customers.merging import services as merging
from customers.models import Company, Contact, ContactPoint
from deals.models import Lead, Opportunity, StageChange
from deals.opportunities import services as opportunities

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_fresh_setting():
    days_kept.forget()
    yield
    days_kept.forget()


@pytest.fixture
def firm(people, at):
    at("2026-09-01 09:00")
    firm = companies.create({"name": "苏州恒立达科技"}, by=people.rep_a)
    contacts.create({"name": "沈丽华", "company": firm, "position": "采购", "points": [{"kind": "mobile", "value": "13812347788"}]}, by=people.rep_a)
    return firm


def test_nothing_is_removed_before_its_sixty_days_are_over(firm, people, at):
    companies.delete(firm, by=people.rep_a)
    at("2026-10-31 08:59")
    assert tasks.empty() == {}
    at("2026-10-31 09:01")
    assert tasks.empty() == {"contacts": 1, "companies": 1}
    assert (Company._base_manager.count(), Contact._base_manager.count(), ContactPoint.objects.count()) == (0, 0, 0)


def test_the_log_of_a_removed_record_stays_and_names_it(firm, people, at):
    companies.delete(firm, by=people.rep_a)
    at("2026-11-22 09:00")
    tasks.empty()
    told = Activity.objects.filter(object_id=firm.pk, verb__startswith="companies.").order_by("pk")
    assert [row.verb for row in told] == ["companies.created", "companies.deleted", "companies.removed"]
    assert told.last().data["name"] == "苏州恒立达科技"


def test_its_files_go_with_it(firm, people, at, settings, tmp_path):
    kept = files.add(firm, SimpleUploadedFile("合同.pdf", b"%PDF-1.7 x"), by=people.rep_a)
    companies.delete(firm, by=people.rep_a)
    at("2026-11-22 09:00")
    assert storage.path_of(kept.token).is_file()
    tasks.empty()
    file_tasks.tidy()
    assert (KeptFile.objects.count(), storage.path_of(kept.token).is_file()) == (0, False)


def test_what_a_living_record_refers_to_stays(firm, people, at):
    Lead.objects.create(name="线索", company=firm, owner=people.rep_a, team=people.east_1)
    companies.delete(firm, by=people.rep_a)
    at("2026-11-22 09:00")
    assert tasks.empty() == {"contacts": 1}
    assert Company._base_manager.filter(pk=firm.pk).exists()


def test_an_opportunity_goes_with_the_history_of_its_stages(firm, people, at, make_deal):
    deal = make_deal(firm, by=people.rep_a)
    opportunities.delete(deal, by=people.rep_a)
    at("2026-11-22 09:00")
    tasks.empty()
    assert (Opportunity._base_manager.count(), StageChange.objects.count()) == (0, 0)


def test_a_record_that_was_merged_away_is_not_in_the_bin_and_stays(firm, people, at):
    twin = companies.create({"name": "恒立达"}, by=people.lead_east)
    merging.merge(firm, [twin], by=people.lead_east)
    at("2026-11-22 09:00")
    assert tasks.empty() == {}


def test_the_administrator_sets_the_days(firm, people, at):
    BinSetting.objects.create(days=90)
    companies.delete(firm, by=people.rep_a)
    at("2026-11-22 09:00")
    assert tasks.empty() == {}
    at("2026-12-01 09:00")
    assert tasks.empty()["companies"] == 1


def test_more_than_a_batch_is_removed_batch_by_batch(people, at, monkeypatch):
    at("2026-09-01 09:00")
    rows = [companies.create({"name": f"第{n}家"}, by=people.rep_a) for n in range(5)]
    companies.delete_many(rows, by=people.rep_a)
    at("2026-11-22 09:00")
    monkeypatch.setattr(removing, "BATCH", 2)
    assert removing.empty(by=people.system) == {"companies": 5}


def test_killed_in_the_middle_the_next_run_does_the_rest(people, at, monkeypatch):
    at("2026-09-01 09:00")
    rows = [companies.create({"name": f"第{n}家"}, by=people.rep_a) for n in range(4)]
    companies.delete_many(rows, by=people.rep_a)
    at("2026-11-22 09:00")
    monkeypatch.setattr(removing, "BATCH", 2)
    seen = []

    def killed(model, records):
        seen.append(len(records))
        if len(seen) == 2:
            raise KeyboardInterrupt

    monkeypatch.setitem(removing.partings._things, "killer", killed)
    with pytest.raises(KeyboardInterrupt):
        removing.empty(by=people.system)
    assert Company._base_manager.count() == 2
    assert Activity.objects.filter(verb="companies.removed").count() == 2
    assert removing.empty(by=people.system) == {"companies": 2}


def test_what_came_back_in_time_is_not_removed(firm, people, at):
    companies.delete(firm, by=people.rep_a)
    at("2026-10-30 09:00")
    companies.restore(firm, by=people.rep_a)
    assert clock.now() - timedelta(days=59) == firm.created_at
    at("2027-01-01 09:00")
    assert tasks.empty() == {}
