"""Taking back: what nobody touched since is as it was, the rest is named."""

from datetime import timedelta

import pytest

from crm.activity import undo
from crm.activity.bulkchanges import bulk_changes
from crm.activity.models import Activity, OwnershipChange
from crm.activity.spine import event, record_many
from crm.core import clock
from crm.core.errors import NotAllowed, WrongState
from customers.companies import services as companies
from customers.models import Company, Contact

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(people):
    names = ("苏州恒立达科技", "无锡华兴电子", "宁波远景物流")
    return [companies.create({"name": name, "address": f"路 {n} 号"}, by=people.rep_a) for n, name in enumerate(names)]


def event_of(verb):
    last = Activity.objects.filter(verb=verb).latest("pk")
    return last.data.get("within", last.pk)


def test_a_bulk_change_is_taken_back_with_the_different_old_values(three, people):
    companies.update_many(three, {"address": "新地址"}, by=people.rep_a)
    found = undo.undo(event_of("companies.updated"), by=people.rep_a)
    assert [row.address for row in Company.objects.order_by("pk")] == ["路 0 号", "路 1 号", "路 2 号"]
    assert (len(found.restored), found.left) == (3, [])
    assert Activity.objects.filter(verb="companies.undone").count() == 3


def test_what_was_changed_since_stays_and_is_named(three, people):
    companies.update_many(three, {"address": "新地址"}, by=people.rep_a)
    event = event_of("companies.updated")
    companies.update(three[1], {"address": "后来改的"}, by=people.rep_a)
    companies.update(three[2], {"notes": "别的字段"}, by=people.rep_a)
    found = undo.undo(event, by=people.rep_a)
    assert [row.address for row in Company.objects.order_by("pk")] == ["路 0 号", "后来改的", "路 2 号"]
    assert found.left == [three[1]]
    assert Company.objects.get(pk=three[2].pk).notes == "别的字段"


def test_taken_back_once_there_is_nothing_left_to_take_back(three, people):
    companies.update_many(three, {"address": "新地址"}, by=people.rep_a)
    event = event_of("companies.updated")
    undo.undo(event, by=people.rep_a)
    again = undo.undo(event, by=people.rep_a)
    assert (again.restored, len(again.left)) == ([], 3)


def test_a_hand_over_goes_back_to_each_former_owner_with_ledger_and_children(three, people):
    contact = Contact.objects.create(name="沈丽华", company=three[0], owner=people.rep_a, team=people.east_1, co_owner=people.rep_a, co_team=people.east_1)
    companies.assign(three, to=people.rep_c, by=people.lead_east, reason="离职")
    undo.undo(event_of("companies.assigned"), by=people.lead_east)
    assert {(row.owner, row.team) for row in Company.objects.select_related("owner", "team")} == {(people.rep_a, people.east_1)}
    contact.refresh_from_db()
    assert (contact.co_owner, contact.co_team) == (people.rep_a, people.east_1)
    ledger = OwnershipChange.objects.filter(object_id=three[0].pk, cause="undone").get()
    assert (ledger.from_owner, ledger.to_owner) == (people.rep_c, people.rep_a)


def test_nothing_goes_back_to_somebody_who_has_left(three, people):
    companies.assign(three, to=people.rep_c, by=people.lead_east)
    people.rep_a.is_active = False
    people.rep_a.save()
    found = undo.undo(event_of("companies.assigned"), by=people.lead_east)
    assert (found.restored, len(found.left)) == ([], 3)
    assert Company.objects.filter(owner=people.rep_c).count() == 3


def test_a_record_comes_back_out_of_the_bin(three, people):
    companies.delete(three[0], by=people.rep_a)
    undo.undo(event_of("companies.deleted"), by=people.rep_a)
    assert Company.objects.live().count() == 3


def test_only_who_did_it_or_reaches_the_records_takes_it_back(three, people):
    companies.update_many(three, {"address": "新地址"}, by=people.rep_a)
    event = event_of("companies.updated")
    found = undo.undo(event, by=people.rep_c)
    assert (found.restored, len(found.left)) == ([], 3)
    with pytest.raises(NotAllowed):
        undo.undo(event, by=people.finance)
    assert len(undo.undo(event, by=people.lead_east).restored) == 3


def test_after_thirty_days_it_is_too_late(three, people, at):
    moment = at("2026-10-01 09:00")
    companies.update_many(three, {"address": "新地址"}, by=people.rep_a)
    at(moment + timedelta(days=30, seconds=1))
    with pytest.raises(WrongState):
        undo.undo(event_of("companies.updated"), by=people.rep_a)


def test_what_no_room_allows_cannot_be_taken_back(three, people):
    with pytest.raises(WrongState):
        undo.undo(event_of("companies.created"), by=people.rep_a)


def test_the_toast_s_button_takes_it_back_and_leads_to_where_the_person_was(three, people, signed_in):
    companies.update_many(three, {"address": "新地址"}, by=people.rep_a)
    address = undo.offer(three, by=people.rep_a, since=clock.now() - timedelta(minutes=1)).removeprefix("undo:")
    browser = signed_in(people.rep_a)
    answer = browser.post(address, headers={"Referer": "http://testserver/customers/companies/"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "http://testserver/customers/companies/")
    assert Company.objects.get(pk=three[0].pk).address == "路 0 号"
    assert browser.post(address, headers={"Referer": "https://elsewhere.example/"}).headers["Location"] == "/"
    assert browser.get(address).status_code == 405


def test_a_bulk_change_is_still_on_the_list_after_thousands_of_other_events(three, people):
    companies.tag_many(three, "重点", by=people.rep_a)
    act = event_of("companies.updated")
    record_many("companies.shared", three * 6700, by=people.rep_a)
    with event("companies.deleted", by=people.rep_a):
        record_many("companies.deleted", three, by=people.rep_a)
    found = bulk_changes(people.rep_a)
    assert [(change.count, change.event_id == act) for change in found] == [(3, False), (3, True)]
