"""Positions are searched by any two neighbouring characters."""

import django.contrib.postgres.indexes
from django.db import migrations

import crm.core.sql


class Migration(migrations.Migration):
    dependencies = [("customers", "0003_options")]
    operations = [
        migrations.AddIndex(
            model_name="contact",
            index=django.contrib.postgres.indexes.GinIndex(crm.core.sql.Bigrams("position"), name="contact_position"),
        ),
    ]
