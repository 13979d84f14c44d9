"""How exactly the planner knows who owns how many rows."""

from django.db import migrations

# The default of 100 common values does not hold five hundred owners; a small one would then get the plan of a large one.
TARGET = 1000


def raise_statistics(table, *columns):
    """A migration that lets ANALYZE count the common values of these columns (docs/adr/0002)."""
    raised = ", ".join(f"ALTER {column} SET STATISTICS {TARGET}" for column in columns)
    default = ", ".join(f"ALTER {column} SET STATISTICS -1" for column in columns)
    return migrations.RunSQL(f"ALTER TABLE {table} {raised}", f"ALTER TABLE {table} {default}")
