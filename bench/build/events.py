"""The spine as the verbs would have left it: four events for each company, one for each other record, linked to it and its company."""

from django.contrib.contenttypes.models import ContentType

from customers.models import Company
from deals.models import Contract, Lead, Opportunity, Order, Payment
from feedback.models import Ticket
from interactions.models import Interaction

TABLES = ("activity_activity", "activity_about")

# Gathered first and numbered in the order of time, as the timelines of a firm that has lived are: scattered.
GATHER = "CREATE TEMP TABLE gathered (at timestamptz, actor_id bigint, verb text, kind_id bigint, object_id bigint, company_id bigint, data jsonb)"
COMPANIES = """
INSERT INTO gathered
SELECT CASE WHEN n = 0 THEN c.created_at ELSE least(c.created_at + n * interval '1 day', %(now)s) END, c.owner_id,
    CASE WHEN n = 0 THEN 'companies.created' ELSE 'companies.updated' END, %(kind)s, c.id, NULL,
    CASE WHEN n = 0 THEN '{}'::jsonb ELSE '{"fields": ["notes"]}'::jsonb END
FROM customers_company c CROSS JOIN generate_series(0, 3) n
"""
RECORDS = """
INSERT INTO gathered
SELECT r.created_at, coalesce(r.owner_id, (%(who)s::bigint[])[1]), %(verb)s, %(kind)s, r.id, r.company_id, {data} FROM {table} r
"""
NUMBER = "CREATE TEMP TABLE numbered AS SELECT row_number() OVER (ORDER BY at, kind_id, object_id) AS id, * FROM gathered"
EVENTS = """
INSERT INTO activity_activity (id, at, actor_id, verb, kind_id, object_id, via, data)
SELECT id, at, actor_id, verb, kind_id, object_id, 'page', data FROM numbered ORDER BY id
"""
# In the order of the key, which is kept while they go in.
LINKS = """
INSERT INTO activity_about (kind_id, object_id, at, activity_id)
SELECT kind_id, object_id, at, id FROM numbered
UNION ALL SELECT %(kind)s, company_id, at, id FROM numbered WHERE company_id IS NOT NULL ORDER BY 1, 2, 3, 4
"""

MONEY = "jsonb_build_object('number', r.number, 'amount', r.amount::text, 'currency', r.currency)"
OF_ORDER = "jsonb_build_object('number', r.number, 'order', r.order_id::text, 'amount', r.amount::text, 'currency', r.currency)"
# What happened to records of a noun, and what its sentence on the timeline needs.
VERBS = (
    (Lead, "leads.created", "'{}'::jsonb"),
    (Opportunity, "opportunities.created", "jsonb_build_object('name', r.name, 'amount', r.amount::text, 'currency', r.currency)"),
    (Contract, "contracts.created", MONEY),
    (Order, "orders.placed", MONEY),
    (Payment, "payments.received", OF_ORDER),
    (Interaction, "interactions.logged", "jsonb_build_object('channel', r.channel, 'subject', r.subject, 'outcome', r.outcome)"),
    (Ticket, "tickets.created", "jsonb_build_object('number', r.number, 'to', r.owner_id)"),
)


def fill(run):
    """About 8 N events."""
    company = _kind(Company)
    run("tables", f"SET work_mem = '256MB'; DROP TABLE IF EXISTS gathered, numbered; {GATHER}")
    run("events of companies", COMPANIES, kind=company)
    for model, verb, data in VERBS:
        run(f"events {verb}", RECORDS.format(table=model._meta.db_table, data=data), verb=verb, kind=_kind(model))
    run("events in their order", NUMBER)
    run("events", EVENTS)
    run("links", LINKS, kind=company)
    run("tables", "DROP TABLE gathered, numbered; RESET work_mem")


def _kind(model):
    return ContentType.objects.get_for_model(model).pk
