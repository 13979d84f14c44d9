from django.db import migrations

from crm.accounts.presets import ROLES, rights_of


def give_the_rights(apps, schema_editor):
    """The roles a house began with get the new rights as a new house has them."""
    for role in apps.get_model("accounts", "Role").objects.filter(code__in=ROLES):
        for right, reach in rights_of(role.code).items():
            if right.startswith("quality."):
                role.rights.setdefault(right, reach)
        role.save(update_fields=["rights"])


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_views_shown_to_everybody")]

    operations = [migrations.RunPython(give_the_rights, migrations.RunPython.noop)]
