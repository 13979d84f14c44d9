"""Several companies become one, and several again (PRODUCT A4.7, A4.8)."""

import pytest
from django.utils import translation

from crm.accounts.models import Role, Share
from crm.activity.dispatch import dispatch_all
from crm.core.errors import Invalid, NotAllowed, WrongState
from crm.notifications.models import Notice
from crm.notifications.notices import words_of
from customers.companies import services as companies
from customers.companies.models import Company
from customers.merging import proposing, services
from customers.merging.kinds import kinds
from customers.merging.models import Merge, MergedRecord

pytestmark = pytest.mark.django_db


def test_what_two_companies_have_is_together_and_apart_again(people, make_company, make_contact):
    first = make_company("苏州恒立达精密机械有限公司", tags=["重点"], industry="machinery")
    second = make_company("苏州恒立达机械", tags=["联网"], address="星湖街 218 号", by=people.rep_c)
    own, other = make_contact(first), make_contact(second, "陈莉", mobile="13912340000", by=people.rep_c)
    done = services.merge(first, [second], by=people.manager)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.tags, first.address, second.deleted_at is None) == (["重点", "联网"], "星湖街 218 号", False)
    assert set(first.contacts.all()) == {own, other}
    found = services.unmerge(done, by=people.manager)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.tags, first.address, second.deleted_at) == (["重点"], "", None)
    assert set(second.contacts.all()) == {other}
    assert (found.left, found.edits, found.added) == ({}, {}, {})


def test_whoever_looked_after_a_record_that_went_away_is_told(people, make_company):
    first, second = make_company("恒立达精密"), make_company("恒立达机械", by=people.rep_c)
    services.merge(first, [second], by=people.manager)
    dispatch_all()
    notice = Notice.objects.get(user=people.rep_c, code="companies.merged")
    with translation.override("en"):
        words, _body = words_of(notice)
    assert (words, notice.url) == ("王总 merged 恒立达机械 into 恒立达精密", f"/customers/companies/{first.pk}/")
    assert not Notice.objects.filter(user=people.rep_a, code="companies.merged").exists()


def test_the_group_goes_to_the_record_that_stays_and_never_points_to_itself(people, make_company):
    group, double = make_company("恒立达集团"), make_company("恒立达控股")
    part = make_company("恒立达精密", parent=double)
    companies.update(double, {"parent": group}, by=people.rep_a)
    done = services.merge(group, [double], by=people.manager)
    part.refresh_from_db()
    group.refresh_from_db()
    assert (part.parent, group.parent) == (group, None)
    with pytest.raises(Invalid) as refused:
        services.merge(group, [part], {"parent": part}, by=people.manager)
    assert refused.value.field == "parent"
    services.unmerge(done, by=people.manager)
    part.refresh_from_db()
    assert part.parent == double
    assert Company.objects.get(pk=double.pk).parent == group


def test_a_survivor_whose_group_goes_into_it_stands_alone_or_under_the_next_one(people, make_company):
    top = make_company("恒立达控股")
    double = make_company("恒立达集团", parent=top)
    kept = make_company("恒立达精密", parent=double)
    services.merge(kept, [double], by=people.manager)
    kept.refresh_from_db()
    assert kept.parent == top


def test_who_was_shown_one_of_them_sees_the_result_once(people, make_company):
    first, second = make_company("恒立达精密"), make_company("恒立达机械")
    for company in (first, second):
        companies.share(company, with_user=people.rep_c, by=people.manager)
    companies.share(second, with_user=people.rep_b, by=people.manager)
    done = services.merge(first, [second], by=people.manager)
    assert set(Share.objects.filter(object_id=first.pk).values_list("user", flat=True)) == {people.rep_c.pk, people.rep_b.pk}
    services.unmerge(done, by=people.manager)
    assert set(Share.objects.filter(object_id=second.pk).values_list("user", flat=True)) == {people.rep_c.pk, people.rep_b.pk}


def test_an_id_of_another_system_and_a_credit_code_pass_to_the_survivor_and_return(people, make_company):
    first, second = make_company("恒立达精密"), make_company("恒立达机械", external_id="ERP-7", credit_code="91320594MA1X7K3L0Q")
    done = services.merge(first, [second], by=people.manager)
    first.refresh_from_db()
    assert (first.external_id, first.credit_code) == ("ERP-7", "91320594MA1X7K3L0Q")
    services.unmerge(done, by=people.manager)
    assert list(Company.objects.order_by("pk").values_list("external_id", "credit_code")) == [("", ""), ("ERP-7", "91320594MA1X7K3L0Q")]


def test_what_a_person_may_not_write_stays_as_the_survivor_has_it(people, make_company):
    Role.objects.filter(code="manager").update(fields={"companies.credit_code": "mask"})
    manager = type(people.manager).objects.get(pk=people.manager.pk)
    first, second = make_company("恒立达精密"), make_company("恒立达机械", credit_code="91320594MA1X7K3L0Q")
    assert proposing.proposal(kinds["companies"], first, [first, second], manager)["credit_code"] == ""
    with pytest.raises(NotAllowed):
        services.merge(first, [second], {"credit_code": "91320594MA1X7K3L0Q"}, by=manager)
    assert Merge.objects.count() == 0


@pytest.mark.parametrize(("values", "code"), [({"name": ""}, "invalid"), ({"step": 4}, "unknown_field"), ({"phone": "12"}, "invalid")])
def test_the_result_must_be_what_a_company_may_be(people, make_company, values, code):
    first, second = make_company("恒立达精密"), make_company("恒立达机械")
    with pytest.raises(Invalid) as refused:
        services.merge(first, [second], values, by=people.manager)
    assert refused.value.code == code or refused.value.errors
    assert Company.objects.live().count() == 2


def test_more_than_twenty_or_one_alone_are_not_merged(people, make_company):
    rows = [make_company(f"恒立达第{n}工厂") for n in range(21)]
    for others in (rows[1:], [], [rows[0]]):
        with pytest.raises(Invalid) as refused:
            services.merge(rows[0], others, by=people.manager)
        assert refused.value.code == "how_many"
    services.merge(rows[0], rows[1:20], by=people.manager)
    assert Company.objects.live().count() == 2


def test_after_thirty_days_it_stays_merged(people, make_company, at):
    at("2026-03-02 10:00")
    done = services.merge(make_company("恒立达精密"), [make_company("恒立达机械")], by=people.manager)
    at("2026-04-01 10:01")
    with pytest.raises(WrongState) as refused:
        services.unmerge(done, by=people.manager)
    assert refused.value.code == "too_late"
    at("2026-04-01 09:59")
    services.unmerge(done, by=people.manager)


def test_taken_back_twice_it_says_the_same(people, make_company):
    first, second = make_company("恒立达精密"), make_company("恒立达机械")
    done = services.merge(first, [second], by=people.manager)
    companies.update(Company.objects.get(pk=first.pk), {"notes": "后来"}, by=people.rep_a)
    once, twice = (services.unmerge(done, by=people.manager) for _n in range(2))
    assert (once.records, once.edits) == (twice.records, twice.edits)
    assert not MergedRecord.objects.filter(is_gone=True).exists()


def test_a_rep_takes_back_only_what_is_in_reach(people, make_company):
    done = services.merge(make_company("恒立达精密"), [make_company("恒立达机械")], by=people.rep_a)
    with pytest.raises(NotAllowed):
        services.unmerge(done, by=people.rep_c)
    services.unmerge(done, by=people.rep_a)


@pytest.mark.parametrize("short", ["南通电投能源文化传媒*", "南通电投", "电投能源（重要）"])
def test_the_registered_name_is_proposed_before_a_short_one_or_one_with_a_remark(people, make_company, short):
    known, full = make_company(short, address="南港路465号", phone="0513-20778168"), make_company("南通市电投能源文化传媒有限公司")
    assert proposing.proposal(kinds["companies"], known, [known, full], people.manager)["name"] == full.name
