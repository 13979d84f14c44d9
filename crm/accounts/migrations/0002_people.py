"""The preset roles, and the user in whose name the house itself acts."""

from django.db import migrations

from crm.accounts import presets


def install(apps, schema_editor):
    presets.install(apps.get_model("accounts", "Role"), apps.get_model("accounts", "User"))


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
