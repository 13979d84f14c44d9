from django.db import migrations, models

from crm.accounts.presets import ROLES, rights_of

RIGHT = "house.share_views"


def give_the_right(apps, schema_editor):
    """The roles a house began with get the new right as a new house has it."""
    for role in apps.get_model("accounts", "Role").objects.filter(code__in=ROLES):
        role.rights.setdefault(RIGHT, rights_of(role.code)[RIGHT])
        role.save(update_fields=["rights"])


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_sign_in_records")]

    operations = [
        migrations.AlterField("savedview", "is_shared", models.BooleanField(default=False, verbose_name="shown to everybody in the house")),
        migrations.RunPython(give_the_right, migrations.RunPython.noop),
    ]
