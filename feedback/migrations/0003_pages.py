"""Feedback walks by its due time and by when it came in: the indexes of its list."""

import datetime

import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_tries'),
        ('customers', '0005_rules'),
        ('deals', '0005_money_pages'),
        ('feedback', '0002_tickets'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(django.db.models.functions.comparison.Coalesce('due_at', models.Value(datetime.datetime(9998, 1, 1, 0, 0, tzinfo=datetime.UTC)), output_field=models.DateTimeField()), models.F('id'), condition=models.Q(('deleted_at', None)), name='ticket_due_walk'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(condition=models.Q(('deleted_at', None)), fields=['received_at', 'id'], name='ticket_received_walk'),
        ),
    ]
