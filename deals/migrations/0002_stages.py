"""The stages and reasons for loss that a new house starts with."""

from django.db import migrations

from deals.opportunities import presets


def install(apps, schema_editor):
    """Add what is missing; an upgrade keeps what an administrator changed."""
    presets.install(apps.get_model("deals", "Stage"), apps.get_model("deals", "LostReason"))


class Migration(migrations.Migration):
    dependencies = [("deals", "0001_initial")]

    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
