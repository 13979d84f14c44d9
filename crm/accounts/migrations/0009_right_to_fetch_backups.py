from django.db import migrations

from crm.accounts.presets import ROLES, rights_of

RIGHT = "house.fetch_backups"


def give_the_right(apps, schema_editor):
    """The roles a house began with get the new right as a new house has it."""
    for role in apps.get_model("accounts", "Role").objects.filter(code__in=ROLES):
        role.rights.setdefault(RIGHT, rights_of(role.code)[RIGHT])
        role.save(update_fields=["rights"])


class Migration(migrations.Migration):
    dependencies = [("accounts", "0008_right_to_look_at_operations")]

    operations = [migrations.RunPython(give_the_right, migrations.RunPython.noop)]
