"""A14.5: whatever the bulk bar of a list does to more than twenty records can be taken back as a whole for thirty days."""

from datetime import timedelta

import pytest
from django.urls import reverse

from crm.accounts.models import Pool
from crm.activity.bulkchanges import bulk_changes
from crm.activity.undo import undo
from crm.core import clock
from crm.core.errors import WrongState
from customers.companies import services as companies
from customers.contacts import services as contacts
from customers.models import Company, Contact
from deals.leads import services as leads
from deals.models import Contract, Lead, Opportunity, Order
from feedback.models import Ticket
from feedback.tickets import services as tickets
from tests.addresses import addresses

pytestmark = pytest.mark.django_db
MANY = 21
# What takes a lead out of a pool has a way back of its own, also for many: the return to the pool. Merging chosen rows only opens the page of
# the merge, which is taken back there.
OTHER_WAYS = {"deals:leads:bulk-claim", "customers:merging:companies-bulk", "customers:merging:contacts-bulk", "deals:leads:merging-bulk"}


@pytest.fixture
def many(people, make_deal, make_contract, make_order):
    """Twenty-one records of a noun, on demand."""
    rep = people.rep_a
    firm = companies.create({"name": "苏州恒立达科技"}, by=rep)

    def person(n):
        return contacts.create({"name": f"人{n}", "company": firm, "position": "采购", "mobile": f"138000000{n:02d}"}, by=rep)

    makers = {
        "companies": lambda n: companies.create({"name": f"第{n}号独立客户"}, by=rep, even_if_known=True),
        "contacts": person,
        "leads": lambda n: leads.create({"name": f"第{n}号线索公司", "person": "沈国栋", "mobile": f"139000000{n:02d}"}, by=rep, even_if_known=True),
        "opportunities": lambda n: make_deal(firm, by=rep),
        "contracts": lambda n: make_contract(firm, by=rep),
        "orders": lambda n: make_order(company=firm, by=rep),
        "tickets": lambda n: tickets.create({"category": "enquiry", "content": f"问题 {n}", "company": firm}, by=rep, owner=rep),
    }
    return lambda noun: [makers[noun](n) for n in range(MANY)]


MODELS = {"companies": Company, "contacts": Contact, "leads": Lead, "opportunities": Opportunity, "contracts": Contract, "orders": Order, "tickets": Ticket}
BULKS = sorted(address.name for address in addresses() if ":bulk-" in address.name or address.name.endswith("-bulk"))


def picture(rows):
    """What people see of these rows."""
    names = ("owner_id", "team_id", "deleted_at", *(name for name in ("tags", "region", "pool_id", "state") if hasattr(rows[0], name)))
    return sorted(type(rows[0])._base_manager.filter(pk__in=[row.pk for row in rows]).values_list("pk", *names))


@pytest.mark.parametrize("address", [name for name in BULKS if name not in OTHER_WAYS])
def test_a_bulk_change_of_more_than_twenty_is_taken_back_as_a_whole_for_thirty_days(address, many, people, signed_in, at):
    at("2026-10-10 09:00")
    rows = many(address.split(":")[1])
    pool = Pool.objects.create(name="华东池", noun="leads")
    pool.members.add(people.rep_a)
    before = picture(rows)
    at("2026-10-11 09:00")
    asked = {"id": [row.pk for row in rows], "asked": "1", "owner": people.rep_b.pk, "tag": "重点", "reason": "调整", "pool": pool.pk}
    asked |= {"field": "region", "region": "3205"}
    assert signed_in(people.manager).post(reverse(address), asked).status_code == 303
    assert picture(rows) != before
    (change,) = bulk_changes(people.manager)
    assert change.count == MANY
    at("2026-11-10 10:00")
    with pytest.raises(WrongState) as refused:
        undo(change.event_id, by=people.manager)
    assert refused.value.code == "too_late"
    at("2026-11-10 08:59")
    found = undo(change.event_id, by=people.manager)
    assert (len(found.restored), found.left) == (MANY, [])
    assert picture(rows) == before


def test_every_bulk_of_the_house_is_known_here():
    assert {name.split(":")[1] for name in BULKS if name not in OTHER_WAYS} == set(MODELS)
    assert set(BULKS) >= OTHER_WAYS


def test_a_bulk_change_through_a_verb_that_has_no_button_is_taken_back_too(many, people):
    rows = many("companies")
    before = picture(rows)
    companies.update_many(rows, {"grade": "A"}, by=people.rep_a)
    (change,) = bulk_changes(people.rep_a)
    assert change.at > clock.now() - timedelta(minutes=1)
    assert len(undo(change.event_id, by=people.rep_a).restored) == MANY
    assert picture(rows) == before
