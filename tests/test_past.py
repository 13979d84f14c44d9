"""Whatever is done to a customer, the past shows at every moment exactly what stood in the tables then."""

import json
import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

from crm.activity.fieldchanges import history_of
from crm.activity.models import Activity
from crm.activity.spine import event
from crm.core import clock
from crm.core.errors import Refusal
from customers.companies import services as companies
from customers.contacts import services as contacts
from customers.models import Company, Contact
from customers.past.kinds import known
from customers.past.reading import before_event, of_customer, rows_at
from deals.contracts import services as contracts
from deals.models import Contract, Opportunity, Order
from deals.opportunities import services as opportunities
from deals.orders import services as orders
from deals.payments import planning
from feedback.models import Ticket
from feedback.tickets import services as tickets
from interactions.followups import services as followups
from interactions.models import FollowUp

pytestmark = pytest.mark.django_db
START = datetime(2026, 11, 2, 1, tzinfo=UTC)
STEPS, MOST = 40, 400


def live(model, column, holders):
    """The rows as they stand in the table now, by id, those in the bin left out."""
    where = " AND deleted_at IS NULL" if hasattr(model, "deleted_at") else ""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, to_jsonb(l)::text FROM {model._meta.db_table} l WHERE {column} = ANY(%s){where}", [list(holders)])
        return dict(cursor.fetchall())


def snapshot(company):
    """All that belongs to the customer, by direct query."""
    found = {}
    for kind in known():
        rows = found[kind.noun] = live(kind.model, kind.column, [company.pk])
        for part in kind.parts:
            found[kind.noun, part.name] = live(part.model, part.model._meta.get_field(part.field).column, rows)
    return found


def past(company, moment):
    """The same, read from the history."""
    rows, found = of_customer(company.pk, moment), {}
    for kind in known():
        found[kind.noun] = {row.pk: row.then for row in rows[kind.noun] if row.then}
        for part in kind.parts:
            column = part.model._meta.get_field(part.field).column
            found[kind.noun, part.name] = {row.pk: row.then for row in rows_at(part.model, column, found[kind.noun], moment) if row.then}
    return found


class Life:
    """A customer to whom things happen."""

    def __init__(self, people, make_product, chance):
        self.by, self.people, self.chance = people.lead_east, people, chance
        self.products = [make_product(list_price="100.00") for _n in range(3)]
        self.company = companies.create({"name": "苏州恒立达科技", "address": "路 1 号"}, by=self.by)
        self.number = 13800000000

    def one(self, model):
        rows = list(model.objects.live().filter(company=self.company).order_by("pk"))
        return self.chance.choice(rows) if rows else None

    def points(self):
        self.number += 1
        return [{"kind": "mobile", "value": str(self.number)}]

    def lines(self):
        return [{"product": product, "quantity": self.chance.randint(1, 9)} for product in self.chance.sample(self.products, 2)]

    def acts(self):
        """What can happen, by name."""
        by, word = self.by, f"{self.chance.random():.6f}"
        return {
            "company": lambda: companies.update(self.company, {"address": word, "notes": word}, by=by),
            "tag": lambda: companies.tag_many([self.company], word, by=by),
            "hand over": lambda: companies.assign([self.company], to=self.chance.choice([self.people.rep_a, self.people.rep_b]), by=self.people.lead_east),
            "bin and back": lambda: companies.restore(companies.delete(self.company, by=by), by=by),
            "contact": lambda: contacts.create({"name": word, "company": self.company, "position": "采购", "points": self.points()}, by=by),
            "contact changed": lambda: contacts.update(self.one(Contact), {"position": word}, by=by),
            "points": lambda: contacts.set_points(self.one(Contact), self.points() + self.points(), by=by),
            "contact deleted": lambda: contacts.delete(self.one(Contact), by=by),
            "contact back": lambda: contacts.restore(Contact.objects.binned().filter(company=self.company).first(), by=by),
            "deal": lambda: opportunities.create(
                {"name": word, "company": self.company, "amount": 100, "expected_close": clock.today() + timedelta(30)}, by=by
            ),
            "deal changed": lambda: opportunities.update(self.one(Opportunity), {"need": word, "amount": self.chance.randint(1, 999)}, by=by),
            "deal deleted": lambda: opportunities.delete(self.one(Opportunity), by=by),
            "contract": lambda: contracts.create({"name": word, "company": self.company, "amount": 5}, by=by),
            "contract changed": lambda: contracts.update(self.one(Contract), {"notes": word}, by=by),
            "order": lambda: orders.create({"company": self.company}, self.lines(), by=by),
            "lines": lambda: orders.update(self.one(Order), {"notes": word}, self.lines(), by=by),
            "order deleted": lambda: orders.delete(self.one(Order), by=by),
            "plan": lambda: followups.plan({"company": self.company, "title": word, "due_at": clock.now() + timedelta(days=2)}, by=by),
            "cancel": lambda: followups.cancel(self.one(FollowUp), by=by),
            "ticket": lambda: tickets.create({"company": self.company, "category": "enquiry", "content": word}, by=by),
            "ticket deleted": lambda: tickets.delete(self.one(Ticket), by=self.people.lead_east),
        }


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_past_is_what_stood_in_the_tables_then(people, make_product, seed):
    chance, shots, done = random.Random(seed), [], Counter()
    with clock.at(START):
        life = Life(people, make_product, chance)
    for step in range(1, MOST):
        if sum(done.values()) == STEPS:
            break
        moment = START + timedelta(minutes=step)
        with clock.at(moment):
            name, act = chance.choice(list(life.acts().items()))
            try:
                act()
            except (Refusal, AttributeError, TypeError):
                continue  # nothing to do it to: nothing happened
            done[name] += 1
        life.company = Company._base_manager.get(pk=life.company.pk)
        shots.append((moment, snapshot(life.company)))
    assert sum(done.values()) == STEPS
    assert len(done) >= 12, done
    for moment, wanted in shots:
        found = past(life.company, moment)
        for key, rows in wanted.items():
            assert found[key].keys() == rows.keys(), (moment, key)
            for pk, text in rows.items():
                assert _same(found[key][pk], text), (moment, key, pk)


def test_every_column_of_every_kind_is_kept_in_its_history():
    for kind in known():
        for model in (kind.model, *(part.model for part in kind.parts)):
            kept = {field.column for field in history_of(model)._meta.concrete_fields}
            assert {field.column for field in model._meta.concrete_fields} <= kept, model


def test_every_field_that_changes_can_be_read_back(people, at):
    at("2026-11-02 09:00")
    company = companies.create({"name": "苏州恒立达科技"}, by=people.rep_a)
    before = Company.objects.values().get(pk=company.pk)
    fields = [field for field in Company._meta.concrete_fields if field.name not in ("deleted_at", "created_at")]
    for minute, field in enumerate(fields, start=1):
        value = _other(field, before[field.attname])
        if value is None:
            continue
        at(f"2026-11-02 10:{minute:02d}")
        was = live(Company, "id", [company.pk]).get(company.pk)
        with event("companies.updated", by=people.rep_a):
            Company.objects.filter(pk=company.pk).update(**{field.attname: value})
        (row,) = rows_at(Company, "id", [company.pk], clock.now() - timedelta(seconds=1))
        assert _same(row.then, was), field


def test_before_an_event_is_before_the_whole_bulk_it_was_a_part_of(people, at):
    at("2026-11-02 09:00")
    rows = [companies.create({"name": name, "address": "旧"}, by=people.rep_a) for name in ("苏州恒立达科技", "无锡华兴电子")]
    at("2026-11-03 09:00")
    companies.update_many(rows, {"address": "新"}, by=people.rep_a)
    last = Activity.objects.filter(verb="companies.updated").latest("pk")
    (row,) = rows_at(Company, "id", [rows[1].pk], before_event(last.pk, rows[1]))
    assert row.then["address"] == "旧"


def test_a_plan_that_was_replaced_is_still_known(people, make_order, at):
    at("2026-11-02 09:00")
    order = make_order("1000.00", placed=True)
    planning.plan(order, [(clock.today(), 1000)], by=people.rep_a)
    at("2026-11-03 09:00")
    planning.plan(order, [(clock.today(), 400), (clock.today() + timedelta(9), 600)], by=people.rep_a)
    rows = of_customer(order.company_id, clock.now() - timedelta(hours=1))["instalments"]
    assert [row.then["amount"] for row in rows if row.then] == [1000]
    assert [row.now["amount"] for row in rows if row.now] == [400, 600]


def test_reading_the_past_takes_a_query_for_each_kind(people, at, django_assert_num_queries):
    at("2026-11-02 09:00")
    company = companies.create({"name": "苏州恒立达科技"}, by=people.rep_a)
    for number in range(4):
        contacts.create(
            {"name": f"人{number}", "company": company, "position": "采购", "points": [{"kind": "mobile", "value": f"1380000000{number}"}]}, by=people.rep_a
        )
    with django_assert_num_queries(len(known())):
        of_customer(company.pk, clock.now())


def _same(columns, text):
    wanted = json.loads(text, parse_float=Decimal)
    return {name: columns[name] for name in wanted} == wanted


def _other(field, value):
    """Another value for a field that a plain UPDATE may set; None for keys and references."""
    if field.primary_key or field.is_relation:
        return None
    if isinstance(field, models.DateTimeField):
        return clock.now()
    if isinstance(field, ArrayField):
        return [*value, "改"]
    if isinstance(field, models.IntegerField | models.DecimalField):
        return (value or 0) + 1
    return "改"
