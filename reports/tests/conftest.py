"""Real data taken in through the front door; collected only where the folder of shared data stands beside the checkout."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.test import override_settings

from reports.kept import summaries

DATA = Path(settings.BASE_DIR).parent / "shared" / "data"
MAPPINGS = Path(settings.BASE_DIR) / "deals" / "mappings"
collect_ignore = [] if DATA.is_dir() else ["test_real_data.py"]

# What `docs/import.md` tells people to type, in this order.
SHEETS = (
    ("people", "crm_pipeline", "sales_teams", "sales_teams"),
    ("products", "crm_pipeline", "products", "products"),
    ("companies", "crm_pipeline", "accounts", "accounts"),
    ("opportunities", "crm_pipeline", "sales_pipeline", "sales_pipeline"),
    ("leads", "olist_funnel", "olist_marketing_qualified_leads_dataset", "leads"),
    ("leads", "olist_funnel", "olist_closed_deals_dataset", "closed_deals", "--mode", "update", "--key", "external_id"),
)


@pytest.fixture(scope="module")
def imported(django_db_setup, django_db_blocker, tmp_path_factory):
    """All sheets are in; nothing of them is left after the last test of the module."""
    folder = tmp_path_factory.mktemp("imported")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=folder), transaction.atomic():
        for kind, name, file, mapping, *options in SHEETS:
            path = MAPPINGS / name / f"{mapping}.json"
            call_command("import", kind, str(DATA / name / f"{file}.csv"), "--mapping", str(path), *options)
        summaries.rebuild()
        connection.check_constraints()  # here once, or else again after every test
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # nobody else sees these rows, so nobody else counts them for the planner
        yield DATA
        transaction.set_rollback(True)
