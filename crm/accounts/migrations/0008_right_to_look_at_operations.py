from django.db import migrations

from crm.accounts.presets import ROLES, rights_of

RIGHT, ADMINISTER = "operations.view", "house.administer"


def give_the_right(apps, schema_editor):
    """The roles a house began with get the right as a new house has it, and so does every other role that administers."""
    for role in apps.get_model("accounts", "Role").objects.all():
        reach = rights_of(role.code)[RIGHT] if role.code in ROLES else role.rights.get(ADMINISTER)
        if reach:
            role.rights.setdefault(RIGHT, reach)
            role.save(update_fields=["rights"])


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_rights_to_merge_leads")]

    operations = [migrations.RunPython(give_the_right, migrations.RunPython.noop)]
