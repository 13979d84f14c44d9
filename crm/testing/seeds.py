"""What migrations put into the tables, kept aside so that tests with real commits leave a house as they found it."""

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction

SCHEMA = "km_seed"


def keep() -> None:
    """Copy every table that is not empty; where copies are there already, go back to them."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", [SCHEMA])
        if cursor.fetchone() is None:
            cursor.execute(f"CREATE SCHEMA {SCHEMA}")
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f'SELECT 1 FROM "{table}" LIMIT 1')
                if table != "django_migrations" and cursor.fetchone():
                    cursor.execute(f'CREATE TABLE {SCHEMA}."{table}" AS TABLE "{table}"')
            return
    bring_back()


def bring_back() -> None:
    """Empty the tables and fill them from the copies, without triggers."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [SCHEMA])
        seeded = [row[0] for row in cursor.fetchall()]
        cursor.execute("SET LOCAL session_replication_role = replica")
        everything = [table for table in connection.introspection.table_names(cursor) if table != "django_migrations"]
        cursor.execute("TRUNCATE {} CASCADE".format(", ".join(f'"{table}"' for table in everything)))
        for table in seeded:
            cursor.execute(f'INSERT INTO "{table}" SELECT * FROM {SCHEMA}."{table}"')
    ContentType.objects.clear_cache()
