"""What was said to a lead, and is still to be done, goes along to the customer it becomes, and back again."""

from django.db import connection

from crm.activity.spine import kind_of
from customers.companies import services as companies
from customers.contacts import lastcontact
from deals.leads.children import CHILDREN, rows_about
from deals.leads.models import Lead
from interactions.followups.nextsteps import settle_company
from interactions.log.lastcontact import latest

# The customer's timeline shows what happened to the lead before: more links to the same activities.
LINK_SQL = """
INSERT INTO activity_about (kind_id, object_id, at, activity_id)
SELECT %s, %s, at, activity_id FROM activity_about WHERE kind_id = %s AND object_id = %s AND activity_id < %s
ON CONFLICT DO NOTHING
"""
UNLINK_SQL = """
DELETE FROM activity_about WHERE kind_id = %s AND object_id = %s AND activity_id IN (
    SELECT activity_id FROM activity_about WHERE kind_id = %s AND object_id = %s AND activity_id < %s)
"""


def to_customer(lead, *, before):
    """Put all that was said and planned under company and contact; `before` is the event of the conversion."""
    company, contact = lead.company, lead.contact
    for model in CHILDREN:
        rows_about(model, [lead.pk]).update(company=company, co_owner=company.owner_id, co_team=company.team_id)
        if contact:
            rows_about(model, [lead.pk]).filter(contact=None).update(contact=contact)
    for record in filter(None, (contact, company)):
        _run(LINK_SQL, record, lead, before)
    if lead.last_contact_at:
        if contact:
            lastcontact.note_contact(contact.pk, at=lead.last_contact_at)
        companies.note_contact(company.pk, at=lead.last_contact_at)
    settle_company(company.pk)


def back_to_lead(lead, company, contact, *, until):
    """Put all of it back under the lead alone; `until` is the event of the conversion."""
    for model in CHILDREN:
        rows_about(model, [lead.pk]).update(company=None, contact=None, co_owner=lead.owner_id, co_team=lead.team_id)
    for record in filter(None, (contact, company)):
        _run(UNLINK_SQL, record, lead, until)
    if contact:
        lastcontact.reset_contact(contact.pk, at=latest(contact=contact.pk))
    companies.reset_contact(company.pk, at=latest(company=company.pk))
    settle_company(company.pk)


def _run(sql, record, lead, event_id):
    with connection.cursor() as cursor:
        cursor.execute(sql, [kind_of(record).pk, record.pk, kind_of(Lead).pk, lead.pk, event_id])
