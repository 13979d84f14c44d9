"""The extensions and text functions that the indexes of every floor use; core PostgreSQL and contrib only."""

from django.contrib.postgres.operations import BtreeGinExtension, TrigramExtension
from django.db import migrations

from crm.core.sql import CREATE_TEXT_FUNCTIONS, DROP_TEXT_FUNCTIONS


class Migration(migrations.Migration):
    initial = True
    operations = [
        TrigramExtension(),
        BtreeGinExtension(),
        migrations.RunSQL(CREATE_TEXT_FUNCTIONS, DROP_TEXT_FUNCTIONS),
    ]
