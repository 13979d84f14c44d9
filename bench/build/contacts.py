"""Contacts: one person with one phone number at each company."""

TABLES = ("customers_contact", "customers_contactpoint")

CONTACTS = """
INSERT INTO customers_contact (id, created_at, updated_at, version, external_id, owner_id, team_id, co_owner_id, co_team_id,
    name, sort_key, latin, company_id, position, department, decision_role, gender, region, source, interests, tags, notes,
    has_left, completeness)
SELECT c.id, c.created_at, c.updated_at, 1, 'BC' || c.id, c.owner_id, c.team_id, c.owner_id, c.team_id,
    names[p], words.keys[p], replace(words.keys[p], ' ', '') || ' ' || name_in[p], c.id, '设备部经理', '', '', '', '', '', '{}', '{}', '',
    false, 60
FROM (SELECT *, 1 + mod(id * 7907, %(people_names)s) AS p FROM customers_company) c,
    (SELECT %(names)s::text[] AS names, %(name_key)s::text[] AS keys, %(name_in)s::text[] AS name_in) words
"""
POINTS = """
INSERT INTO customers_contactpoint (contact_id, kind, value, norm, digits, label, is_primary, state)
SELECT id, 'mobile', '+861' || number, '+861' || number, '1' || number, '', true, 'unknown'
FROM (SELECT id, (3 + mod(id, 7))::text || lpad(mod(id * 7368787, 1000000000)::text, 9, '0') AS number
      FROM customers_contact) drawn
"""


def fill(run):
    """N people and their numbers."""
    run("contacts", CONTACTS)
    run("contact points", POINTS)
