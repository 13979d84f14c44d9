"""Building the firm: rows go in by INSERT … SELECT without indexes, which are made afterwards."""

import time
from contextlib import contextmanager

from django.contrib.contenttypes.models import ContentType
from django.db import connection

from bench.names import name_arrays, person_arrays
from crm.accounts.models import Role, Team, User
from customers.models import Company, Contact

TEAMS = 60
PEOPLE = 500
DAYS = 730

COMPANIES = """
INSERT INTO customers_company (id, created_at, updated_at, version, external_id, owner_id, team_id, name, sort_key, latin,
    short_name, name_key, credit_code, industry, size, region, address, website, domain, phone, source, grade, tags, notes,
    step, potential_at, opportunity_at, signed_at, paid_at, last_contact_at, next_step, completeness, employees)
SELECT i, born, changed, 1, 'B' || i, who[seat], team_of[seat],
    place[p] || core[c] || trade[t] || form[f],
    left(place_key[p] || ' ' || core_key[c] || ' ' || trade_key[t] || ' ' || form_key[f], 200),
    left(replace(place_key[p] || core_key[c] || trade_key[t] || form_key[f], ' ', '') || ' '
         || place_in[p] || core_in[c] || trade_in[t] || form_in[f], 280),
    core[c] || trade[t], core[c] || trade[t], '', (ARRAY['machinery', 'electronics', 'food', 'logistics'])[1 + mod(i, 4)],
    'm', (ARRAY['320500', '310000', '440300', '330200'])[1 + mod(i, 4)], '', '', '', '', 'web', '', '{}', '',
    step, born, CASE WHEN step > 1 THEN born + interval '9 days' END, CASE WHEN step > 2 THEN born + interval '50 days' END,
    CASE WHEN step > 3 THEN born + interval '77 days' END, CASE WHEN mod(i, 5) > 0 THEN changed END, '',
    30 + mod(i, 70), mod(i, 900)
FROM (
    SELECT i, seat, 1 + mod(i * 7919, 30) AS p, 1 + mod(i * 104729, %(cores)s) AS c, 1 + mod(i * 31, 25) AS t, 1 + mod(i * 17, 6) AS f,
        1 + (mod(i * 13, 10) > 4)::int + (mod(i * 13, 10) > 7)::int + (mod(i * 13, 10) > 8)::int AS step,
        timestamptz '2026-11-20' - %(days)s * (1 - power(i * 1.0 / %(n)s, 0.7)) * interval '1 day' AS born,
        timestamptz '2026-11-20' - (CASE WHEN (%(old)s::boolean[])[seat] THEN 300 + mod(i * 7, 400)
                                         ELSE mod(i * 7, 6000) / 10.0 END) * interval '1 day' AS changed
    FROM (SELECT i, 1 + floor(%(people)s * power(mod(i * 48271, 999983) / 999983.0, 2.2))::int AS seat
          FROM generate_series(1::bigint, %(n)s) i) seats
) drawn, (SELECT %(who)s::bigint[] AS who, %(team_of)s::bigint[] AS team_of,
    %(place)s::text[] AS place, %(place_key)s::text[] AS place_key, %(place_in)s::text[] AS place_in,
    %(core)s::text[] AS core, %(core_key)s::text[] AS core_key, %(core_in)s::text[] AS core_in,
    %(trade)s::text[] AS trade, %(trade_key)s::text[] AS trade_key, %(trade_in)s::text[] AS trade_in,
    %(form)s::text[] AS form, %(form_key)s::text[] AS form_key, %(form_in)s::text[] AS form_in) words
"""
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
ACTIVITIES = """
INSERT INTO activity_activity (id, at, actor_id, verb, kind_id, object_id, via, data)
SELECT row_number() OVER (), c.created_at + n * interval '1 day', c.owner_id, CASE WHEN n = 0 THEN 'companies.created' ELSE 'companies.updated' END,
    %(kind)s, c.id, 'page', CASE WHEN n = 0 THEN '{}'::jsonb ELSE '{"fields": ["notes"]}'::jsonb END
FROM customers_company c, generate_series(0, 3) n
"""
LINKS = "INSERT INTO activity_about (kind_id, object_id, activity_id) SELECT kind_id, object_id, id FROM activity_activity"


def build(size, say=print):
    """Build a firm of `size` companies with their people and histories; returns the personas to measure as."""
    people = _people()
    values = {"n": size, "days": DAYS, "people": len(people["who"])} | people | _words()
    with _without_indexes(("customers_company", "customers_contact", "customers_contactpoint", "activity_activity", "activity_about"), say):
        _run("companies", COMPANIES, values, say)
        _run("contacts", CONTACTS, values, say)
        _run("contact points", POINTS, values, say)
        kind = ContentType.objects.get_for_model(Company).pk
        _run("activities", ACTIVITIES, {"kind": kind}, say)
        _run("links", LINKS, {}, say)
    _settle(say)
    return personas()


def personas():
    """The people whose pages are measured: how they reach is what makes a query cheap or dear."""
    found = {user.username.removeprefix("bench-"): user for user in User.objects.with_rights().filter(username__startswith="bench-persona-")}
    return {name.removeprefix("persona-"): user for name, user in found.items()}


def _people():
    roles = {reach: _role(reach) for reach in ("own", "tree", "all")}
    root = Team.objects.create(name="Bench firm")
    regions = [Team.objects.create(name=f"Bench region {n}", parent=root) for n in range(4)]
    teams = [Team.objects.create(name=f"Bench team {n}", parent=regions[n % 4]) for n in range(TEAMS - 5)]
    users = User.objects.bulk_create([User(username=f"bench-{n}", name=f"Rep {n}", team=teams[n % len(teams)], role=roles["own"]) for n in range(PEOPLE)])
    # The persona of small means: the last in the skewed draw; the one of old rows: all his rows lie 300 days back.
    named = {"rep": (users[420], "own"), "rep_old": (users[430], "own")}
    for name, (user, _reach) in named.items():
        User.objects.filter(pk=user.pk).update(username=f"bench-persona-{name}")
    for name, team, reach in (("lead", teams[7], "tree"), ("lead_old", teams[30], "tree"), ("manager", regions[0], "tree"), ("admin", root, "all")):
        User.objects.create(username=f"bench-persona-{name}", name=name, team=team, role=roles[reach])
    old_team = teams[30].pk
    return {
        "who": [user.pk for user in users],
        "team_of": [user.team_id for user in users],
        "old": [user.pk == users[430].pk or user.team_id == old_team for user in users],
    }


def _role(reach):
    nouns = (
        "companies",
        "contacts",
        "interactions",
        "followups",
        "leads",
        "opportunities",
        "contracts",
        "orders",
        "instalments",
        "payments",
        "tickets",
        "reports",
        "products",
    )
    rights = {f"{noun}.{action}": reach for noun in nouns for action in ("view", "create", "edit", "assign", "delete", "export", "import")}
    return Role.objects.create(code=f"bench-{reach}", name=f"Bench {reach}", rights=rights | {"products.view": "all"})


def _words():
    values = {}
    for name, (words, keys, short) in name_arrays().items():
        values |= {name: words, f"{name}_key": keys, f"{name}_in": short}
    names, keys, short = person_arrays()
    return values | {"cores": len(values["core"]), "names": names, "name_key": keys, "name_in": short, "people_names": len(names)}


@contextmanager
def _without_indexes(tables, say):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s) AND indexname NOT IN "
            "(SELECT conname FROM pg_constraint WHERE contype IN ('p', 'u', 'x'))",
            [list(tables)],
        )
        indexes = cursor.fetchall()
        for name, _definition in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        for table in tables:
            cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER ALL')
        yield
        for table in tables:
            cursor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER ALL')
        started = time.perf_counter()
        cursor.execute("SET maintenance_work_mem = '512MB'")
        for _name, definition in indexes:
            cursor.execute(definition)
        say(f"  {len(indexes)} indexes  {time.perf_counter() - started:.1f} s")


def _settle(say):
    started = time.perf_counter()
    with connection.cursor() as cursor:
        for model in (Company, Contact):
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{model._meta.db_table}', 'id'), (SELECT max(id) FROM {model._meta.db_table}))")
        cursor.execute("SELECT setval('activity_activity_id_seq', (SELECT max(id) FROM activity_activity))")
        cursor.execute("VACUUM ANALYZE")
    say(f"  vacuum and statistics  {time.perf_counter() - started:.1f} s")


def _run(what, sql, values, say):
    started = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        say(f"  {cursor.rowcount:,} {what}  {time.perf_counter() - started:.1f} s")
