"""Files lie with records: kept once, told on the timelines, removed and taken back, gone for good after a month."""

import hashlib

import pytest

from crm.activity.models import About, Activity
from crm.activity.spine import kind_of
from crm.core.errors import Invalid, NotAllowed, WrongState
from crm.files import refusals, services, storage, tasks
from crm.files.models import KeptFile
from crm.files.page import files_of
from crm.files.tests.conftest import PDF
from customers.companies import services as companies
from customers.contacts import services as contacts
from customers.merging import services as merging
from deals.opportunities import services as opportunities

pytestmark = pytest.mark.django_db


def on_disk(media):
    return [path for path in (media / "kept").rglob("*") if path.is_file()]


def test_a_file_is_kept_with_its_name_kind_size_and_fingerprint(kept, people):
    assert (kept.name, kept.media_type, kept.size, kept.added_by) == ("合同.pdf", "application/pdf", 9, people.rep_a)
    assert kept.sha256 == hashlib.sha256(PDF).hexdigest()
    assert storage.path_of(kept.token).read_bytes() == PDF


def test_sent_twice_it_is_kept_once(company, kept, people, sent, own_folder):
    assert services.add(company, sent(), by=people.rep_a) == kept
    assert (KeptFile.objects.count(), len(on_disk(own_folder)), Activity.objects.filter(verb="files.added").count()) == (1, 1, 1)


def test_another_content_under_the_same_name_is_another_file(company, kept, people, sent):
    assert services.add(company, sent(content=PDF + b"2"), by=people.rep_a) != kept


def test_the_record_and_those_above_it_tell_of_the_file(company, people, sent):
    person = contacts.create({"name": "周建明", "company": company, "position": "经理", "mobile": "13812347788"}, by=people.rep_a)
    opportunity = opportunities.create({"name": "MES 二期", "company": company, "contact": person}, by=people.rep_a)
    services.add(opportunity, sent("方案.pdf"), by=people.rep_a)
    told = Activity.objects.get(verb="files.added")
    assert told.data["name"] == "方案.pdf"
    kinds = {kind_of(row).pk: row.pk for row in (company, person, opportunity)}
    assert dict(About.objects.filter(activity=told).values_list("kind_id", "object_id")) == kinds


@pytest.mark.parametrize(("name", "content", "code"), [("a.pdf", b"", "empty"), ("a.exe", b"MZ", "active"), ("a.pdf", b"<html>", "active")])
def test_what_is_refused_leaves_nothing_behind(company, people, sent, own_folder, name, content, code):
    with pytest.raises(Invalid) as refused:
        services.add(company, sent(name, content), by=people.rep_a)
    assert refused.value.code == code
    assert (KeptFile.objects.count(), on_disk(own_folder)) == (0, [])


def test_one_that_grows_past_the_limit_while_it_is_written_leaves_nothing_behind(company, people, sent, own_folder, monkeypatch):
    monkeypatch.setattr(storage, "MOST_BYTES", 10)
    with pytest.raises(Invalid) as refused:
        services.add(company, sent(content=PDF + b"0123456789"), by=people.rep_a)
    assert (refused.value.code, on_disk(own_folder)) == ("too_large", [])


def test_nobody_adds_to_what_he_may_only_see(company, people, sent, own_folder):
    for stranger in (people.rep_c, people.finance, people.outsourced):
        with pytest.raises(NotAllowed):
            services.add(company, sent(), by=stranger)
    assert on_disk(own_folder) == []


def test_nothing_is_added_to_a_record_in_the_bin(company, people, sent):
    companies.delete(company, by=people.lead_east)
    with pytest.raises(WrongState) as refused:
        services.add(company, sent(), by=people.rep_a)
    assert refused.value.code == "in_bin"


def test_a_record_keeps_no_more_than_so_many(company, kept, people, sent, monkeypatch):
    monkeypatch.setattr(services, "MOST_OF_A_RECORD", 1)
    with pytest.raises(WrongState) as refused:
        services.add(company, sent("b.pdf"), by=people.rep_a)
    assert refused.value.code == "too_many_files"


def test_removed_it_is_gone_and_can_be_taken_back(company, kept, people):
    services.delete(kept, by=people.rep_a)
    services.delete(kept, by=people.rep_a)
    assert list(files_of(company, people.rep_a)) == []
    services.restore(kept, by=people.rep_a)
    assert list(files_of(company, people.rep_a)) == [kept]
    verbs = Activity.objects.filter(verb__startswith="files.").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["files.added", "files.deleted", "files.restored"]


def test_after_thirty_days_a_removed_file_is_gone_for_good(company, kept, people, sent, own_folder, at):
    at("2026-11-20 10:00")
    other = services.add(company, sent("b.pdf", PDF + b"b"), by=people.rep_a)
    services.delete(kept, by=people.rep_a)
    at("2026-12-20 09:00")
    assert tasks.tidy() == 0
    at("2026-12-20 11:00")
    assert tasks.tidy() == 1
    assert ([row.pk for row in KeptFile.objects.all()], on_disk(own_folder)) == ([other.pk], [storage.path_of(other.token)])


def test_a_company_shows_the_files_of_what_lies_under_it_as_far_as_the_reader_sees_it(company, kept, people, sent):
    mine = opportunities.create({"name": "MES 二期", "company": company}, by=people.rep_a)
    plan = services.add(mine, sent("方案.pdf"), by=people.rep_a)
    assert list(files_of(company, people.rep_a)) == [plan, kept]
    assert list(files_of(company, people.finance)) == [plan, kept]
    assert list(files_of(mine, people.rep_a)) == [plan]


def test_whoever_reads_a_record_masked_reads_none_of_its_files(company, kept, people):
    assert list(files_of(company, people.outsourced)) == []


def test_files_follow_a_merge_and_return_with_it(company, kept, people):
    twin = companies.create({"name": "苏州恒立达精密机械"}, by=people.rep_a, even_if_known=True)
    merge = merging.merge(twin, [company], by=people.admin)
    assert list(files_of(twin, people.rep_a)) == [kept]
    merging.unmerge(merge, by=people.admin)
    assert (list(files_of(twin, people.rep_a)), list(files_of(company, people.rep_a))) == ([], [kept])


def test_the_same_file_sent_at_once_by_many_is_kept_once(run_together, people, sent, own_folder):
    company = companies.create({"name": "宁波海澜仓储物流有限公司"}, by=people.rep_a)
    made = run_together(lambda number: services.add(company, sent(), by=people.rep_a), 8)
    assert {file.pk for file in made} == {KeptFile.objects.get().pk}
    assert len(on_disk(own_folder)) == 1


def test_every_refusal_has_a_sentence():
    assert all(str(sentence).endswith(".") or str(sentence).endswith("。") for sentence in refusals.SENTENCES.values())
