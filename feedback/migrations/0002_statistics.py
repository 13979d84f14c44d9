"""The planner knows each owner and team of these tables."""

from django.db import migrations

from crm.core.statistics import raise_statistics

CHILD = ("owner_id", "team_id", "co_owner_id", "co_team_id")


class Migration(migrations.Migration):
    dependencies = [("feedback", "0001_initial")]
    operations = [
        raise_statistics("feedback_ticket", *CHILD),
    ]
