"""The records of the house as a table to be linked: read in one pass, whatever their number."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.db import connection, transaction

from crm.core.registry import Registry
from customers.companies import regions
from customers.matching.deciding import companies_apart, decide_companies, decide_people, people_apart
from customers.matching.evidence import Table, of_companies, of_people

PORTION = 5000
# So many telephone numbers of a record are compared: a long list of numbers says nothing more.
MOST_NUMBERS = 4

COMPANIES = """
WITH people AS (
    SELECT company_id, min(name) AS name FROM customers_contact WHERE company_id IS NOT NULL AND deleted_at IS NULL GROUP BY company_id
), ways AS (
    SELECT company_id, id, kind, norm, digits FROM customers_contactpoint WHERE company_id IS NOT NULL
     UNION ALL
    SELECT t.company_id, p.id, p.kind, p.norm, p.digits FROM customers_contactpoint p JOIN customers_contact t ON t.id = p.contact_id
     WHERE t.company_id IS NOT NULL AND t.deleted_at IS NULL
), reached AS (
    SELECT company_id, array_to_string((array_agg(norm ORDER BY id) FILTER (WHERE digits <> ''))[:%(numbers)s], ' ; ') AS numbers,
           min(norm) FILTER (WHERE kind = 'email') AS mail
      FROM ways GROUP BY company_id
)
SELECT c.id, c.external_id, c.parent_id, c.name, c.address, c.region, c.credit_code, coalesce(nullif(c.website, ''), c.domain), r.numbers, r.mail, t.name
  FROM customers_company c LEFT JOIN reached r ON r.company_id = c.id LEFT JOIN people t ON t.company_id = c.id
 WHERE c.deleted_at IS NULL ORDER BY c.id
"""
COMPANY_KINDS = ("company", "address", "region", "credit_code", "website", "phone", "email", "contact")
CONTACTS = """
WITH reached AS (
    SELECT contact_id, array_to_string((array_agg(norm ORDER BY id) FILTER (WHERE digits <> ''))[:%(numbers)s], ' ; ') AS numbers,
           min(norm) FILTER (WHERE kind = 'email') AS mail, min(norm) FILTER (WHERE kind = 'wechat') AS wechat
      FROM customers_contactpoint WHERE contact_id IS NOT NULL GROUP BY contact_id
)
SELECT c.id, c.external_id, NULL, c.name, f.name, c.birthday::text, c.region, r.numbers, r.mail, r.wechat
  FROM customers_contact c LEFT JOIN customers_company f ON f.id = c.company_id LEFT JOIN reached r ON r.contact_id = c.id
 WHERE c.deleted_at IS NULL ORDER BY c.id
"""
CONTACT_KINDS = ("name", "company", "birth_date", "region", "phone", "email", "wechat")


@dataclass(frozen=True)
class Subject:
    """How records of a kind are read and compared; the query gives id, external id, id of the group, then a text of each kind."""

    query: str
    kinds: tuple[str, ...]
    evidence: Callable
    apart: Callable
    decide: Callable


@dataclass
class Records:
    """What was read: ids, external ids and groups beside the table, row by row."""

    ids: list = field(default_factory=list)
    refs: list = field(default_factory=list)
    parents: list = field(default_factory=list)
    table: Table | None = None


subjects: Registry[Subject] = Registry("kind of record searched for duplicates")
subjects.add("companies", Subject(COMPANIES, COMPANY_KINDS, of_companies, companies_apart, decide_companies))
subjects.add("contacts", Subject(CONTACTS, CONTACT_KINDS, of_people, people_apart, decide_people))


def read(noun) -> Records:
    """All live records of a kind."""
    subject = subjects[noun]
    found = Records()
    columns = [[] for _kind in subject.kinds]
    for row in _rows(subject.query):
        found.ids.append(row[0])
        found.refs.append(row[1] or "")
        found.parents.append(row[2])
        for column, kind, text in zip(columns, subject.kinds, row[3:], strict=True):
            column.append(regions.words(text) if kind == "region" and text else text or "")
    # A column without a single value is no evidence.
    found.table = Table({kind: [column] for kind, column in zip(subject.kinds, columns, strict=True) if any(column)}, len(found.ids))
    return found


def _rows(query) -> Iterator[tuple]:
    """In portions from a cursor of the server: a million rows never lie in memory as rows."""
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(query, {"numbers": MOST_NUMBERS})
        while rows := cursor.fetchmany(PORTION):
            yield from rows
