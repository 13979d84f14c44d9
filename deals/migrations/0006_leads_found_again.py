"""Leads are found by mail and WeChat too, and their names by how the core sounds."""

from django.db import migrations, models

from customers.matching import rekeying


def rekey(apps, schema_editor):
    rekeying.rekey(schema_editor.connection, "deals_lead")


class Migration(migrations.Migration):
    dependencies = [("deals", "0005_nothing_under_a_merged_record"), ("customers", "0007_rules_for_duplicates")]

    operations = [
        migrations.RunPython(rekey, migrations.RunPython.noop),
        migrations.AddIndex("lead", models.Index(fields=["email"], name="lead_email", condition=~models.Q(email=""))),
        migrations.AddIndex("lead", models.Index(fields=["wechat"], name="lead_wechat", condition=~models.Q(wechat=""))),
    ]
