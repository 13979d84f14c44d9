"""Contracts walk by their signature, orders by their placing: the indexes of their lists."""

import datetime
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_tries'),
        ('customers', '0005_rules'),
        ('deals', '0004_leads'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name='contract',
            index=models.Index(django.db.models.functions.comparison.Coalesce('signed_on', models.Value(datetime.date(1, 1, 2)), output_field=models.DateField()), models.F('id'), condition=models.Q(('deleted_at', None)), name='contract_signed_walk'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(django.db.models.functions.comparison.Coalesce('placed_at', models.Value(datetime.datetime(1, 1, 2, 0, 0, tzinfo=datetime.timezone.utc)), output_field=models.DateTimeField()), models.F('id'), condition=models.Q(('deleted_at', None)), name='order_placed_walk'),
        ),
    ]
