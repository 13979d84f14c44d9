from django.db import migrations

from crm.accounts.presets import ROLES, rights_of

RIGHTS = ("companies.merge", "contacts.merge")


def give_the_rights(apps, schema_editor):
    """The roles a house began with get the new rights as a new house has them."""
    for role in apps.get_model("accounts", "Role").objects.filter(code__in=ROLES):
        for right in RIGHTS:
            role.rights.setdefault(right, rights_of(role.code)[right])
        role.save(update_fields=["rights"])


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_rights_to_data_quality")]

    operations = [migrations.RunPython(give_the_rights, migrations.RunPython.noop)]
