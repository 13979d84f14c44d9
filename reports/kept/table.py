"""A summary table as SQL: which cells a line falls into, how a cell is computed, how all cells are compared.

A cell is found by `keys`; `within` are those of them by which cells are recomputed together. `lines` gives the lines that make
the cells, all of them or only those that share owner and month with the touched ones.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings

WHO = "owner_id team_id co_owner_id co_team_id"
TEAMS = "team_id co_team_id"
# The same as columns of a row of the house; nobody is 0, so that a cell is found by equality.
OF_ROW = ", ".join(f"coalesce({{row}}.{name}, 0) AS {name}" for name in WHO.split())

# The rows of the touched owners; rows of nobody (0) are NULL in the table and have a branch of their own, so that each
# finds its index.
OF_TOUCHED_OWNERS = """(
    SELECT * FROM {table} WHERE owner_id IN (SELECT owner_id FROM touched)
    UNION ALL
    SELECT * FROM {table} WHERE owner_id IS NULL AND EXISTS (SELECT FROM touched WHERE owner_id = 0)
)"""
# The same of the touched months alone, where owner and time have an index together.
OF_TOUCHED_MONTHS = """(
    SELECT r.* FROM (SELECT DISTINCT owner_id, month FROM touched) t
      JOIN {table} r ON r.owner_id = t.owner_id AND r.{time} >= {start} AND r.{time} < {end}
    UNION ALL
    SELECT r.* FROM (SELECT DISTINCT month FROM touched WHERE owner_id = 0) t
      JOIN {table} r ON r.owner_id IS NULL AND r.{time} >= {start} AND r.{time} < {end}
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


def table(name, keys, measures, grouped, *, cells="", within="") -> Table:
    """A table of this floor; `keys`, `measures` and `within` are names with blanks between them."""
    keys, within = tuple(keys.split()), tuple((within or keys).split())
    cells = cells or f"SELECT DISTINCT {', '.join(within)} FROM touched"
    return Table(f"reports_{name}", keys, tuple(measures.split()), cells, within, grouped)


def rolled_up(name, of: Table, keys, measures, within="") -> Table:
    """A table that adds up the cells of the one before it, with fewer keys."""
    columns = ", ".join(keys.split())
    sums = ", ".join(f"sum({measure}) AS {measure}" for measure in measures.split())
    return table(name, keys, measures, lambda only: f"SELECT {columns}, {sums} FROM {of.name} l {only} GROUP BY {columns}", within=within)


def summed(lines: Callable[[str], str], keys, sums, source, touched) -> Callable[[str], str]:
    """Groups the lines of `source`, all or only those that `touched` selects, into cells; `sums` is the SQL of the measures."""
    columns = ", ".join(keys.split())
    return lambda only: f"SELECT {columns}, {sums} FROM ({lines(touched if only else source)}) l {only} GROUP BY {columns}"


def touched_months(name, time, *, is_day=False) -> str:
    """The rows of a table of the touched owners and months; `time` is a moment or a day."""
    bounds = ("t.month", "(t.month + interval '1 month')")
    if not is_day:
        bounds = tuple(f"({bound}::timestamp AT TIME ZONE %(zone)s)" for bound in bounds)
    return OF_TOUCHED_MONTHS.format(table=name, time=time, start=bounds[0], end=bounds[1])


def parameters() -> dict:
    """What the SQL of the summaries is told."""
    return {"zone": settings.TIME_ZONE, "currency": settings.COMPANY_CURRENCY}
