"""What a new house has to choose from, and which rules for contacts are in force in it."""

from django.db import migrations

from crm.core.statistics import raise_statistics
from customers.companies import defaults


def install(apps, schema_editor):
    defaults.install(apps.get_model("customers", "Option"))
    for code in ("company", "position", "way"):
        apps.get_model("customers", "Rule").objects.get_or_create(code=code)


class Migration(migrations.Migration):
    dependencies = [("customers", "0001_initial")]
    operations = [
        migrations.RunPython(install, migrations.RunPython.noop),
        raise_statistics("customers_company", "owner_id", "team_id"),
        raise_statistics("customers_contact", "owner_id", "team_id", "co_owner_id", "co_team_id"),
    ]
