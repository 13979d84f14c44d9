"""The summary tables as SQL: which cells a line falls into, how a cell is computed, how all cells are compared.

A cell is found by `keys`; `within` are those of them by which cells are recomputed together. `lines` gives the lines that make
the cells, all of them or only those that share owner and month with the touched ones.
"""

from collections.abc import Callable
from dataclasses import dataclass

from reports.funnel import facts

# The rows of the touched owners; rows of nobody (0) are NULL in the table and have a branch of their own, so that each
# finds its index.
OF_TOUCHED_OWNERS = """(
    SELECT * FROM {table} WHERE owner_id IN (SELECT owner_id FROM touched)
    UNION ALL
    SELECT * FROM {table} WHERE owner_id IS NULL AND EXISTS (SELECT FROM touched WHERE owner_id = 0)
)"""


@dataclass(frozen=True)
class Table:
    """One summary table."""

    name: str
    keys: tuple[str, ...]
    measures: tuple[str, ...]
    cells: str
    within: tuple[str, ...]
    grouped: Callable[[str], str]
    is_rolled_up: bool = False

    def all(self) -> str:
        """Every cell as the rows say it is."""
        return self.grouped("")

    def forget(self, touched) -> str:
        """Remove the touched cells."""
        same = " AND ".join(f"t.{key} = k.{key}" for key in self.within)
        return f"WITH touched AS ({touched}) DELETE FROM {self.name} t USING ({self.cells}) k WHERE {same}"

    def compute(self, touched) -> str:
        """Add the touched cells as they are now; those without a line stay away."""
        return f"WITH touched AS MATERIALIZED ({touched}), k AS MATERIALIZED ({self.cells}) {self._insert(self.grouped(self._only()))}"

    def rebuild(self) -> str:
        """Add every cell to the empty table."""
        return self._insert(self.all())

    def compare(self) -> str:
        """The number of cells that only the table has or only the rows have."""
        columns = ", ".join(self.keys + self.measures)
        kept = f"SELECT {columns} FROM {self.name}"
        return (
            f"WITH said AS MATERIALIZED (SELECT {columns} FROM ({self.all()}) s), kept AS MATERIALIZED ({kept}) "
            "SELECT (SELECT count(*) FROM (TABLE said EXCEPT TABLE kept) a) + (SELECT count(*) FROM (TABLE kept EXCEPT TABLE said) b)"
        )

    def _insert(self, select):
        columns = ", ".join(self.keys + self.measures)
        return f"INSERT INTO {self.name} ({columns}) SELECT {columns} FROM ({select}) g"

    def _only(self):
        return f"JOIN k USING ({', '.join(self.within)})"


def _days(only):
    source = OF_TOUCHED_OWNERS.format(table=facts.COMPANIES) if only else facts.COMPANIES
    return f"""
    SELECT owner_id, team_id, pool_id, step, entered, day, count(*) AS customers, sum({facts.money("l")}) AS amount,
           coalesce(array_agg(waited ORDER BY waited) FILTER (WHERE waited IS NOT NULL), '{{}}') AS waits
      FROM ({facts.steps(source)}) l {only} GROUP BY owner_id, team_id, pool_id, step, entered, day"""


def _stock(only):
    source = OF_TOUCHED_OWNERS.format(table=facts.COMPANIES) if only else facts.COMPANIES
    return f"""
    SELECT owner_id, team_id, pool_id, step, count(*) AS customers, sum({facts.money("l")}) AS amount
      FROM ({facts.steps(source)}) l {only} WHERE step = standing GROUP BY owner_id, team_id, pool_id, step"""


def _months(only):
    lines = f"(SELECT d.*, date_trunc('month', d.day)::date AS month FROM reports_funnelday d) l {only}"
    keys = "team_id, pool_id, step, entered, month"
    return f"""
    SELECT s.*, coalesce(w.waits, '{{}}') AS waits
      FROM (SELECT {keys}, sum(customers) AS customers, sum(amount) AS amount FROM {lines} GROUP BY {keys}) s
      LEFT JOIN (SELECT {keys}, array_agg(wait ORDER BY wait) AS waits
                   FROM {lines} CROSS JOIN unnest(l.waits) AS wait GROUP BY {keys}) w USING ({keys})"""


def _stays(only):
    source = OF_TOUCHED_OWNERS.format(table=facts.OPPORTUNITIES) if only else facts.OPPORTUNITIES
    keys = "owner_id, team_id, co_owner_id, co_team_id, stage_id, month"
    return f"SELECT {keys}, array_agg(days ORDER BY days) AS days FROM ({facts.stays(source)}) l {only} GROUP BY {keys}"


def _team_stays(only):
    keys = "team_id, co_team_id, stage_id, month"
    return f"""
    SELECT {keys}, taken AS days, count(*) AS stays
      FROM reports_staymonth l {only} CROSS JOIN unnest(l.days) AS taken GROUP BY {keys}, taken"""


def _table(name, keys, measures, grouped, *, cells="", within="", is_rolled_up=False):
    keys, within = tuple(keys.split()), tuple((within or keys).split())
    cells = cells or f"SELECT DISTINCT {', '.join(within)} FROM touched"
    return Table(f"reports_{name}", keys, tuple(measures.split()), cells, within, grouped, is_rolled_up)


# A rolled-up table is computed from the one before it.
STEP_TABLES = (
    _table("funnelday", "owner_id team_id pool_id step entered day", "customers amount waits", _days),
    _table("funnelmonth", "team_id pool_id step entered month", "customers amount waits", _months, is_rolled_up=True),
    _table(
        "funnelstock",
        "owner_id team_id pool_id step",
        "customers amount",
        _stock,
        cells="SELECT DISTINCT owner_id, team_id, pool_id, step FROM touched WHERE step = standing",
    ),
)
STAY_TABLES = (
    _table("staymonth", "owner_id team_id co_owner_id co_team_id stage_id month", "days", _stays),
    _table("teamstay", "team_id co_team_id stage_id month days", "stays", _team_stays, within="team_id co_team_id stage_id month", is_rolled_up=True),
)
TABLES = STEP_TABLES + STAY_TABLES
