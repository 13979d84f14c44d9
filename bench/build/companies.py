"""Companies: half have got no further than the first step, a tenth each have signed and paid; nothing lies ahead of now."""

TABLES = ("customers_company",)

# Each OFFSET 0 keeps a level from being folded into the next, where everything would be computed again for every use.
COMPANIES = """
INSERT INTO customers_company (id, created_at, updated_at, version, external_id, owner_id, team_id, name, sort_key, latin,
    short_name, name_key, credit_code, industry, size, region, address, website, domain, phone, source, grade, tags, notes,
    step, potential_at, opportunity_at, signed_at, paid_at, last_contact_at, next_step, completeness, employees)
SELECT i, born, changed, 1, 'B' || i, who[seat], team_of[seat],
    place[p] || core[c] || trade[t] || form[f],
    left(place_key[p] || ' ' || core_key[c] || ' ' || trade_key[t] || ' ' || form_key[f], 200),
    left(replace(place_key[p] || core_key[c] || trade_key[t] || form_key[f], ' ', '') || ' '
         || place_in[p] || core_in[c] || trade_in[t] || form_in[f], 280),
    core[c] || trade[t], replace(core_key[c] || trade_key[t], ' ', ''), '', (ARRAY['machinery', 'electronics', 'food', 'logistics'])[1 + mod(i, 4)],
    'm', (ARRAY['320500', '310000', '440300', '330200'])[1 + mod(i, 4)], '', '', '', '', 'web', '', '{}', '',
    step, born, CASE WHEN step > 1 THEN born + interval '9 days' END, CASE WHEN step > 2 THEN born + interval '50 days' END,
    CASE WHEN step > 3 THEN born + interval '77 days' END, CASE WHEN mod(i, 5) > 0 THEN changed END, '',
    30 + mod(i, 70), mod(i, 900)
FROM (
    SELECT i, seat, p, c, t, f, born, changed,
        least(wanted, 1 + (%(now)s - born > interval '10 days')::int + (%(now)s - born > interval '51 days')::int
                        + (%(now)s - born > interval '78 days')::int) AS step
    FROM (
        SELECT i, seat, p, c, t, f, wanted, CASE WHEN is_old THEN least(born, changed) ELSE born END AS born,
            CASE WHEN is_old THEN changed ELSE greatest(born, changed) END AS changed
        FROM (
            SELECT i, seat, (%(old)s::boolean[])[seat] AS is_old, 1 + mod(i * 7919, 30) AS p, 1 + mod(i * 104729, %(cores)s) AS c,
                1 + mod(i * 31, 25) AS t, 1 + mod(i * 17, 6) AS f,
                1 + (mod(i * 13, 10) > 4)::int + (mod(i * 13, 10) > 7)::int + (mod(i * 13, 10) > 8)::int AS wanted,
                %(now)s - %(days)s * (1 - power(i * 1.0 / %(n)s, 0.7)) * interval '1 day' - interval '1 hour' AS born,
                %(now)s - (CASE WHEN (%(old)s::boolean[])[seat] THEN 300 + mod(i * 7, 400) ELSE mod(i * 7, 6000) / 10.0 END) * interval '1 day' AS changed
            FROM (SELECT i, 1 + floor(%(people)s * power(mod(i * 48271, 999983) / 999983.0, 2.2))::int AS seat
                  FROM generate_series(1::bigint, %(n)s) i OFFSET 0) seats OFFSET 0
        ) drawn OFFSET 0
    ) in_order OFFSET 0
) drawn, (SELECT %(who)s::bigint[] AS who, %(team_of)s::bigint[] AS team_of,
    %(place)s::text[] AS place, %(place_key)s::text[] AS place_key, %(place_in)s::text[] AS place_in,
    %(core)s::text[] AS core, %(core_key)s::text[] AS core_key, %(core_in)s::text[] AS core_in,
    %(trade)s::text[] AS trade, %(trade_key)s::text[] AS trade_key, %(trade_in)s::text[] AS trade_in,
    %(form)s::text[] AS form, %(form_key)s::text[] AS form_key, %(form_in)s::text[] AS form_in) words
"""


def fill(run):
    """N companies, their owners drawn unevenly: a few people own very many."""
    run("companies", COMPANIES)
