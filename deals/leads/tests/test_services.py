"""One lead: create, change, contact, invalid, bin."""

from datetime import timedelta

import pytest

from crm.activity.models import Activity, OwnershipChange, StateChange
from crm.core import clock
from crm.core.errors import Conflict, Invalid, NotAllowed, WrongState
from deals.leads import services
from deals.leads.models import Lead
from interactions.followups import services as followups
from interactions.log import services as interactions

pytestmark = pytest.mark.django_db


def said(lead, by, outcome="interested", **more):
    return interactions.log({"channel": "phone", "subject": "电话", "about": lead, "outcome": outcome} | more, by=by)


def test_a_new_lead_belongs_to_whoever_enters_it_and_waits_for_its_first_contact(people, make_lead, at):
    now = at("2026-11-20 09:30")
    lead = make_lead("嘉兴南湖精工传动有限公司", person="沈国栋", mobile="138 1234 7788")
    assert (lead.owner, lead.team, lead.state, lead.assigned_at) == (people.rep_a, people.east_1, "pending", now)
    assert (lead.mobile, lead.digits) == ("+8613812347788", "13812347788")


def test_its_histories_begin_with_its_first_row(people, make_lead):
    lead = make_lead()
    assert list(OwnershipChange.objects.values_list("object_id", "to_owner", "cause")) == [(lead.pk, people.rep_a.pk, "created")]
    assert list(StateChange.objects.values_list("object_id", "from_state", "to_state")) == [(lead.pk, "", "pending")]


def test_a_lead_in_a_pool_belongs_to_nobody(make_lead, pool, people):
    lead = make_lead(pool=pool, by=people.marketing)
    assert (lead.owner, lead.team, lead.pool, lead.state, lead.assigned_at) == (None, None, pool, "unassigned", None)


def test_without_a_company_it_goes_by_the_name_of_the_person(people):
    assert services.create({"person": "沈国栋", "email": "Shen@NH.cn"}, by=people.rep_a).name == "沈国栋"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": ""}, "name"),
        ({"mobile": "1381234778"}, "mobile"),
        ({"mobile": "12812347788"}, "mobile"),
        ({"email": "nobody"}, "email"),
        ({"region": "亚特兰蒂斯"}, "region"),
        ({"industry": "炼金术"}, "industry"),
        ({"position": "长" * 81}, "position"),
        ({"score": 90}, "score"),
    ],
)
def test_what_cannot_be_taken_is_refused_at_its_field(people, values, field):
    with pytest.raises(Invalid) as refusal:
        services.create({"name": "南湖精工"} | values, by=people.rep_a)
    assert list(refusal.value.errors) == [field]
    assert not Lead.objects.exists()


def test_every_problem_is_told_at_once(people):
    with pytest.raises(Invalid) as refusal:
        services.create({"name": "", "mobile": "138", "email": "x"}, by=people.rep_a)
    assert set(refusal.value.errors) == {"name", "mobile", "email"}


def test_an_external_id_names_one_lead(people, make_lead):
    make_lead(external_id="MQL-1")
    with pytest.raises(Conflict) as refusal:
        make_lead(external_id="MQL-1")
    assert (refusal.value.code, refusal.value.field) == ("duplicate", "external_id")


def test_the_same_form_sent_twice_is_one_lead(people):
    first = services.create({"name": "南湖精工"}, by=people.rep_a, once="form-7")
    assert services.create({"name": "南湖精工"}, by=people.rep_a, once="form-7") == first
    assert Lead.objects.count() == 1


def test_many_come_in_with_owner_birthday_and_history(people, pool):
    long_ago = clock.now() - timedelta(days=400)
    rows = [{"name": "一号"}, {"name": "二号"}]
    made = services.create_many(
        rows, by=people.admin, owner_of=lambda row: people.rep_b if row["name"] == "一号" else None, pool=pool, born=lambda row: long_ago
    )
    assert [(lead.owner, lead.pool, lead.state) for lead in made] == [(people.rep_b, None, "pending"), (None, pool, "unassigned")]
    assert {lead.created_at for lead in made} == {long_ago}
    assert Activity.objects.filter(verb="leads.created").count() == StateChange.objects.count() == OwnershipChange.objects.count() == 2


def test_a_change_names_its_fields_and_keeps_search_in_step(people, make_lead):
    lead = services.update(make_lead("旧名"), {"name": "重庆恒立达", "mobile": "13900001111"}, by=people.rep_a)
    lead.refresh_from_db()
    assert (lead.name_key, lead.sort_key, lead.digits) == ("henglida", "chong qing heng li da", "13900001111")
    assert Activity.objects.get(verb="leads.updated").data["fields"] == ["name", "mobile"]


def test_two_who_save_at_once_do_not_overwrite_each_other(people, make_lead):
    lead = make_lead()
    services.update(lead, {"need": "一"}, by=people.rep_a, version=1)
    with pytest.raises(Conflict) as refusal:
        services.update(lead, {"need": "二"}, by=people.lead_east, version=1)
    assert refusal.value.code == "stale"


def test_nobody_changes_a_lead_out_of_reach(people, make_lead):
    with pytest.raises(NotAllowed):
        services.update(make_lead(), {"need": "二"}, by=people.rep_b)


def test_many_leads_change_together_or_not_at_all(people, make_lead):
    mine, other = make_lead(), make_lead(by=people.rep_c)
    with pytest.raises(WrongState) as refusal:
        services.update_many([mine, other], {"tags": ["展会"]}, by=people.rep_a)
    assert refusal.value.code == "partly_out_of_reach"
    services.update_many([mine, other], {"tags": ["展会"]}, by=people.lead_east)
    assert list(Lead.objects.values_list("tags", flat=True)) == [["展会"], ["展会"]]
    with pytest.raises(Invalid) as refusal:
        services.update_many([mine, other], {"mobile": "13900001111"}, by=people.lead_east)
    assert refusal.value.code == "not_in_bulk"


def test_the_first_contact_puts_it_to_work(people, make_lead, at):
    lead = make_lead()
    moment = at("2026-11-20 09:30")
    said(lead, people.rep_a)
    lead.refresh_from_db()
    assert (lead.state, lead.first_contact_at, lead.last_contact_at, lead.last_outcome) == ("working", moment, moment, "interested")
    assert list(StateChange.objects.order_by("id").values_list("from_state", "to_state")) == [("", "pending"), ("pending", "working")]


def test_a_call_nobody_took_is_an_attempt_and_no_first_contact(people, make_lead):
    lead = make_lead()
    said(lead, people.rep_a, outcome="unreached")
    lead.refresh_from_db()
    assert (lead.state, lead.first_contact_at) == ("working", None)
    assert lead.last_contact_at is not None


def test_the_interaction_carries_the_owner_of_the_lead(people, make_lead):
    interaction = said(make_lead(), people.lead_east)
    assert (interaction.owner, interaction.co_owner, interaction.company) == (people.lead_east, people.rep_a, None)


def test_the_lead_shows_its_next_step(people, make_lead, at):
    now = at("2026-11-20 09:30")
    lead = make_lead()
    said(lead, people.rep_a, next_step="发案例", next_step_at=now + timedelta(hours=4))
    lead.refresh_from_db()
    assert (lead.next_step, lead.next_step_at) == ("发案例", now + timedelta(hours=4))


def test_an_invalid_lead_has_a_reason_and_nothing_left_to_do(people, make_lead, at):
    now = at("2026-11-20 09:30")
    lead = make_lead()
    followups.plan({"title": "回电", "about": lead, "due_at": now + timedelta(days=1)}, by=people.rep_a)
    with pytest.raises(Invalid) as refusal:
        services.invalidate(lead, reason=" ", by=people.rep_a)
    assert refusal.value.code == "reason_required"
    services.invalidate(lead, reason="空号", by=people.rep_a)
    services.invalidate(lead, reason="空号", by=people.rep_a)
    lead.refresh_from_db()
    assert (lead.state, lead.invalid_reason, lead.closed_at, lead.next_step_at) == ("invalid", "空号", now, None)
    assert Activity.objects.filter(verb="leads.invalidated").count() == 1


def test_an_invalid_lead_made_valid_goes_on_where_it_stood(people, make_lead):
    lead = make_lead()
    said(lead, people.rep_a)
    services.invalidate(lead, reason="空号", by=people.rep_a)
    services.restore_valid(lead, by=people.rep_a)
    lead.refresh_from_db()
    assert (lead.state, lead.invalid_reason, lead.closed_at, lead.owner) == ("working", "", None, people.rep_a)


def test_bin_and_back(people, make_lead):
    lead = make_lead()
    services.delete(lead, by=people.rep_a)
    services.delete(lead, by=people.rep_a)
    assert not Lead.objects.visible_to(people.admin).exists()
    services.restore(lead, by=people.rep_a)
    assert Lead.objects.visible_to(people.rep_a).get() == lead
    assert Activity.objects.filter(verb="leads.deleted").count() == 1
