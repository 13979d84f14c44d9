"""Feedback: numbers are given by the house, satisfaction runs from 1 to 5, reminders find their rows by an index."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('feedback', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='ticket',
            name='number',
            field=models.CharField(editable=False, max_length=40, unique=True, verbose_name='number'),
        ),
        migrations.AlterField(
            model_name='tickethistory',
            name='number',
            field=models.CharField(editable=False, max_length=40, verbose_name='number'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(condition=models.Q(('reminded_at', None), ('state__in', ('new', 'working'))), fields=['due_at'], name='ticket_remind'),
        ),
        migrations.AddConstraint(
            model_name='ticket',
            constraint=models.CheckConstraint(condition=models.Q(('satisfaction', None), ('satisfaction__range', (1, 5)), _connector='OR'), name='ticket_satisfaction_1_to_5'),
        ),
    ]
