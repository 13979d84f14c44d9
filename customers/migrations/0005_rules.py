"""The rules for contacts are in force in a new house."""

from django.db import migrations


def install(apps, schema_editor):
    for code in ("company", "position", "way"):
        apps.get_model("customers", "Rule").objects.get_or_create(code=code)


class Migration(migrations.Migration):
    dependencies = [("customers", "0004_contact_position")]
    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
