"""A new house has industries, sources and sizes to choose from."""

from django.db import migrations

from customers.companies import defaults


def install(apps, schema_editor):
    defaults.install(apps.get_model("customers", "Option"))


class Migration(migrations.Migration):
    dependencies = [("customers", "0002_points_and_rules")]
    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
