"""What the rows themselves say, as SQL: for each customer and step one line, for each stay in a stage one line.

Summaries are grouped from these lines, the pages of one person read them as they are, and the proof compares both. `source`
is what stands in FROM: the table, the row history (what was true before an event) or a selection inside somebody's scope.
Days are those of the company; amounts of other currencies are left out, for there is no rate to add them up by.
"""

from django.core.exceptions import EmptyResultSet

COMPANIES = "customers_company"
OPPORTUNITIES = "deals_opportunity"


STEPS = """
SELECT c.id AS company_id, coalesce(c.owner_id, 0) AS owner_id, coalesce(c.team_id, 0) AS team_id, coalesce(c.pool_id, 0) AS pool_id,
       s.step, c.step AS standing, (c.potential_at AT TIME ZONE %(zone)s)::date AS entered_on,
       date_trunc('month', c.potential_at AT TIME ZONE %(zone)s)::date AS entered,
       (s.at AT TIME ZONE %(zone)s)::date AS day, date_trunc('month', s.at AT TIME ZONE %(zone)s)::date AS month,
       (s.at AT TIME ZONE %(zone)s)::date - (s.before AT TIME ZONE %(zone)s)::date AS waited
  FROM {source} c
 CROSS JOIN LATERAL (VALUES (1, c.potential_at, NULL), (2, c.opportunity_at, c.potential_at),
                            (3, c.signed_at, c.opportunity_at), (4, c.paid_at, c.signed_at)) AS s(step, at, before)
 WHERE c.deleted_at IS NULL AND s.at IS NOT NULL
"""

# What a customer has brought in at a step: chances in play or won, what was signed, what was received and stayed.
MONEY = """
coalesce(CASE {line}.step
WHEN 2 THEN (SELECT sum(o.amount) FROM deals_opportunity o
              WHERE o.company_id = {line}.company_id AND o.deleted_at IS NULL AND o.state NOT IN ('void', 'lost') AND o.currency = %(currency)s)
WHEN 3 THEN coalesce((SELECT sum(k.amount) FROM deals_contract k
              WHERE k.company_id = {line}.company_id AND k.deleted_at IS NULL AND k.state IN ('signed', 'executing', 'done')
                AND k.currency = %(currency)s), 0)
          + coalesce((SELECT sum(d.amount) FROM deals_order d
              WHERE d.company_id = {line}.company_id AND d.deleted_at IS NULL AND d.state = 'placed' AND d.contract_id IS NULL
                AND d.currency = %(currency)s), 0)
WHEN 4 THEN (SELECT sum(p.amount) FROM deals_payment p
              WHERE p.company_id = {line}.company_id AND p.deleted_at IS NULL AND p.kind <> 'bad_debt' AND p.currency = %(currency)s)
END, 0)
"""

# A stay ends with the move that leaves the stage; it began with the move before, or when the opportunity was opened.
STAYS = """
SELECT o.id AS opportunity_id, coalesce(o.owner_id, 0) AS owner_id, coalesce(o.team_id, 0) AS team_id,
       coalesce(o.co_owner_id, 0) AS co_owner_id, coalesce(o.co_team_id, 0) AS co_team_id, m.stage_id,
       (m.at AT TIME ZONE %(zone)s)::date AS day, date_trunc('month', m.at AT TIME ZONE %(zone)s)::date AS month,
       (m.at AT TIME ZONE %(zone)s)::date - (coalesce(m.since, o.opened_at) AT TIME ZONE %(zone)s)::date AS days
  FROM {source} o
 CROSS JOIN LATERAL (SELECT from_stage_id AS stage_id, at, lag(at) OVER (ORDER BY at, id) AS since
                       FROM deals_stagechange WHERE opportunity_id = o.id AND NOT is_taken_back) m
  JOIN deals_stage g ON g.id = m.stage_id AND g.kind = 'open'
 WHERE o.deleted_at IS NULL
"""


def steps(source=COMPANIES) -> str:
    """A line for each customer and step that it has reached."""
    return STEPS.format(source=source)


def money(line) -> str:
    """The money of a line of `steps`, by the alias of that line."""
    return MONEY.format(line=line)


def stays(source=OPPORTUNITIES) -> str:
    """A line for each stay in an open stage that has ended."""
    return STAYS.format(source=source)


def source(rows, columns):
    """A selection inside somebody's scope as a source, with its named parameters; None where it can hold nothing at all."""
    try:
        sql, values = rows.order_by().values_list(*columns).query.sql_with_params()
    except EmptyResultSet:
        return None
    names = [f"scope{place}" for place in range(len(values))]
    return f"({sql % tuple(f'%({name})s' for name in names)})", dict(zip(names, values, strict=True))
