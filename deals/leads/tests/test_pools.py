"""Who holds a lead: claimed, assigned, returned."""

from datetime import timedelta

import pytest

from crm.accounts.models import Pool
from crm.activity.models import Activity, OwnershipChange, StateChange
from crm.core.errors import Conflict, Invalid, NotAllowed, WrongState
from deals.leads import pools, services
from deals.leads.models import Lead
from interactions.followups import services as followups
from interactions.log import services as interactions

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(make_lead, pool, people):
    """A lead in the pool of East group 1."""
    return make_lead(pool=pool, by=people.marketing)


def test_a_member_claims_a_lead_and_owns_it(people, lead, pool, at):
    now = at("2026-11-20 09:30")
    lead = pools.claim(lead, by=people.rep_a)
    assert (lead.owner, lead.team, lead.pool, lead.state, lead.assigned_at) == (people.rep_a, people.east_1, None, "pending", now)
    last = OwnershipChange.objects.latest("id")
    assert (last.from_pool, last.to_owner, last.cause, last.actor) == (pool, people.rep_a, "claimed", people.rep_a)
    assert StateChange.objects.latest("id").from_state == "unassigned"


def test_who_claims_late_reads_who_was_faster(people, lead):
    pools.claim(lead, by=people.rep_a)
    with pytest.raises(Conflict) as refusal:
        pools.claim(lead, by=people.rep_b)
    assert refusal.value.code == "already_claimed"
    assert "林小雨" in str(refusal.value)


def test_who_asks_by_id_after_it_is_gone_still_reads_who_was_faster(people, lead):
    pools.claim(lead, by=people.rep_a)
    gone = pools.to_claim(lead.pk, by=people.rep_b)
    with pytest.raises(Conflict):
        pools.claim(gone, by=people.rep_b)


def test_who_is_no_member_learns_nothing(people, lead):
    pools.claim(lead, by=people.rep_a)
    assert pools.to_claim(lead.pk, by=people.rep_c) is None
    with pytest.raises(NotAllowed):
        pools.claim(Lead(pk=lead.pk), by=people.rep_c)


def test_a_day_later_nobody_is_told_any_more(people, lead, at):
    now = at("2026-11-20 09:30")
    pools.claim(lead, by=people.rep_a)
    at(now + timedelta(days=1, seconds=1))
    assert pools.to_claim(lead.pk, by=people.rep_b) is None


def test_who_is_no_member_of_the_pool_cannot_claim(people, lead):
    with pytest.raises(NotAllowed):
        pools.claim(lead, by=people.rep_c)


def test_claiming_twice_is_claiming_once(people, lead):
    pools.claim(lead, by=people.rep_a)
    pools.claim(lead, by=people.rep_a)
    assert Activity.objects.filter(verb="leads.claimed").count() == 1


def test_what_is_closed_or_lies_in_no_pool_cannot_be_claimed(people, lead, pool):
    services.invalidate(lead, reason="空号", by=people.admin)
    with pytest.raises(WrongState) as refusal:
        pools.claim(lead, by=people.rep_a)
    assert refusal.value.code == "lead_closed"
    free = services.create_many([{"name": "无主"}], by=people.admin, owner_of=lambda row: None)[0]
    with pytest.raises(WrongState) as refusal:
        pools.claim(free, by=people.manager)
    assert refusal.value.code == "not_in_pool"


def test_leads_are_assigned_together_with_ledger_state_and_clock(people, make_lead, lead, at):
    mine = make_lead(by=people.rep_b)
    now = at("2026-11-20 09:30")
    moved = pools.assign([lead, mine], to=people.rep_a, by=people.lead_east, reason="东区交接")
    assert {(row.owner, row.team, row.pool, row.state, row.assigned_at) for row in Lead.objects.all()} == {(people.rep_a, people.east_1, None, "pending", now)}
    assert [row.version for row in moved] == [2, 2]
    assert set(OwnershipChange.objects.filter(cause="assigned").values_list("from_owner", "from_pool", "reason")) == {
        (people.rep_b.pk, None, "东区交接"), (None, lead.pool_id, "东区交接"),
    }  # fmt: skip
    assert Activity.objects.filter(verb="leads.assigned").count() == 2


def test_team_leads_reach_the_leads_of_their_pools(people, make_lead):
    south = Pool.objects.create(name="华南公海", noun="leads")
    south.teams.add(people.south)
    lying = make_lead(by=people.marketing, pool=south)
    with pytest.raises(WrongState):
        pools.assign([lying], to=people.rep_a, by=people.lead_east)
    assert pools.assign([lying], to=people.lead_south, by=people.lead_south) == [lying]


def test_assigning_is_all_or_nothing(people, make_lead):
    near, far = make_lead(), make_lead(by=people.lead_south)
    with pytest.raises(WrongState) as refusal:
        pools.assign([near, far], to=people.rep_b, by=people.lead_east)
    assert refusal.value.code == "partly_out_of_reach"
    near.refresh_from_db()
    assert near.owner == people.rep_a


def test_reps_do_not_assign(people, make_lead):
    with pytest.raises(NotAllowed):
        pools.assign([make_lead()], to=people.rep_b, by=people.rep_a)


def test_nothing_is_assigned_to_who_has_left(people, make_lead):
    people.rep_b.is_active = False
    people.rep_b.save()
    with pytest.raises(Invalid) as refusal:
        pools.assign([make_lead()], to=people.rep_b, by=people.lead_east)
    assert refusal.value.code == "inactive"


def test_a_customer_by_now_keeps_its_owner(people, make_lead):
    lead = make_lead()
    Lead.objects.filter(pk=lead.pk).update(state="converted")
    with pytest.raises(WrongState) as refusal:
        pools.assign([lead], to=people.rep_b, by=people.lead_east)
    assert refusal.value.code == "lead_closed"


def test_what_was_promised_moves_with_the_lead_and_waits_in_the_pool(people, make_lead, pool, at):
    now = at("2026-11-20 09:30")
    lead = make_lead()
    interactions.log({"channel": "phone", "subject": "电话", "about": lead}, by=people.rep_a)
    followup = followups.plan({"title": "回电", "about": lead, "due_at": now + timedelta(hours=1)}, by=people.rep_a)
    pools.return_to_pool([lead], pool=pool, by=people.rep_a, reason="没有时间")
    followup.refresh_from_db()
    lead.refresh_from_db()
    assert (followup.owner, lead.owner, lead.pool, lead.state, lead.assigned_at) == (None, None, pool, "unassigned", None)
    at("2026-11-20 11:00")
    assert followups.remind_due(by=people.system) == 0
    pools.claim(lead, by=people.rep_b)
    followup.refresh_from_db()
    assert (followup.owner, followup.co_owner) == (people.rep_b, people.rep_b)
    assert followups.remind_due(by=people.system) == 1


def test_the_new_owner_reads_what_was_said_before(people, make_lead):
    lead = make_lead(by=people.rep_b)
    said = interactions.log({"channel": "phone", "subject": "电话", "about": lead}, by=people.rep_b)
    pools.assign([lead], to=people.rep_c, by=people.lead_east)
    assert type(said).objects.visible_to(people.rep_c).get() == said


def test_a_pool_of_companies_holds_no_leads(people, make_lead):
    with pytest.raises(Invalid) as refusal:
        pools.return_to_pool([make_lead()], pool=Pool.objects.create(name="客户公海", noun="companies"), by=people.rep_a)
    assert refusal.value.code == "wrong_pool"


@pytest.mark.parametrize("path", ["create", "import", "claim", "assign", "bulk assign"])
def test_every_path_to_an_owner_starts_the_same_clock(path, people, make_lead, pool, at):
    """PRODUCT A1.1; further paths are added here as they come."""
    lying = [make_lead(by=people.marketing, pool=pool) for _number in range(2)]
    now = at("2026-11-20 09:30")
    made = {
        "create": lambda: make_lead(owner=people.rep_a, by=people.lead_east),
        "import": lambda: services.create_many([{"name": "导入"}], by=people.admin, owner_of=lambda row: people.rep_a)[0],
        "claim": lambda: pools.claim(lying[0], by=people.rep_a),
        "assign": lambda: pools.assign(lying[:1], to=people.rep_a, by=people.lead_east)[0],
        "bulk assign": lambda: pools.assign(lying, to=people.rep_a, by=people.lead_east)[1],
    }[path]()
    made.refresh_from_db()
    assert (made.owner, made.team, made.pool, made.state, made.assigned_at) == (people.rep_a, people.east_1, None, "pending", now)
    assert OwnershipChange.objects.filter(object_id=made.pk, to_owner=people.rep_a).count() == 1
