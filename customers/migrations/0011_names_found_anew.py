"""Names are read better (remarks, towns, traditional characters), so what they are found by is written anew."""

from django.db import migrations

from customers.matching import rekeying


def rekey(apps, schema_editor):
    rekeying.rekey(schema_editor.connection, "customers_company")


class Migration(migrations.Migration):
    """The keys of all companies."""

    dependencies = [("customers", "0010_what_the_search_may_do")]

    operations = [migrations.RunPython(rekey, migrations.RunPython.noop)]
