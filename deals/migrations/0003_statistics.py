"""The planner knows each owner and team of these tables."""

from django.db import migrations

from crm.core.statistics import raise_statistics

CHILD = ("owner_id", "team_id", "co_owner_id", "co_team_id")


class Migration(migrations.Migration):
    dependencies = [("deals", "0002_stages")]
    operations = [
        raise_statistics("deals_lead", "owner_id", "team_id"),
        raise_statistics("deals_opportunity", *CHILD),
        raise_statistics("deals_contract", *CHILD),
        raise_statistics("deals_order", *CHILD),
        raise_statistics("deals_instalment", *CHILD),
        raise_statistics("deals_payment", *CHILD),
    ]
