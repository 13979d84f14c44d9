"""Names of firms are read better (remarks, towns, traditional characters), so what leads are found by is written anew."""

from django.db import migrations

from customers.matching import rekeying


def rekey(apps, schema_editor):
    rekeying.rekey(schema_editor.connection, "deals_lead")


class Migration(migrations.Migration):
    """The keys of all leads."""

    dependencies = [("deals", "0009_the_code_of_a_product_taken_out_is_free")]

    operations = [migrations.RunPython(rekey, migrations.RunPython.noop)]
