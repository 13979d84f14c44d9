import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0001_initial'),
    ]

    operations = [
        migrations.DeleteModel(name='FunnelDay'),
        migrations.DeleteModel(name='FunnelMonth'),
        migrations.CreateModel(
            name='FunnelDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('team_id', models.BigIntegerField()),
                ('pool_id', models.BigIntegerField()),
                ('step', models.PositiveSmallIntegerField()),
                ('entered', models.DateField()),
                ('customers', models.IntegerField()),
                ('amount', models.DecimalField(decimal_places=2, max_digits=18)),
                ('waits', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None)),
                ('owner_id', models.BigIntegerField()),
                ('day', models.DateField()),
            ],
            options={
                'indexes': [models.Index(fields=['day', 'step'], name='funnel_day_of'), models.Index(fields=['team_id', 'pool_id', 'step', 'entered'], name='funnel_day_team')],
                'constraints': [models.UniqueConstraint(fields=('owner_id', 'team_id', 'pool_id', 'step', 'entered', 'day'), name='funnel_day_cell')],
            },
        ),
        migrations.CreateModel(
            name='FunnelMonth',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('team_id', models.BigIntegerField()),
                ('pool_id', models.BigIntegerField()),
                ('step', models.PositiveSmallIntegerField()),
                ('entered', models.DateField()),
                ('customers', models.IntegerField()),
                ('amount', models.DecimalField(decimal_places=2, max_digits=18)),
                ('waits', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None)),
                ('month', models.DateField()),
            ],
            options={
                'indexes': [models.Index(fields=['month', 'step'], name='funnel_month_of'), models.Index(fields=['entered', 'step'], name='funnel_month_cohort')],
                'constraints': [models.UniqueConstraint(fields=('team_id', 'pool_id', 'step', 'entered', 'month'), name='funnel_month_cell')],
            },
        ),
        migrations.CreateModel(
            name='FunnelStock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('owner_id', models.BigIntegerField()),
                ('team_id', models.BigIntegerField()),
                ('pool_id', models.BigIntegerField()),
                ('step', models.PositiveSmallIntegerField()),
                ('customers', models.IntegerField()),
                ('amount', models.DecimalField(decimal_places=2, max_digits=18)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('owner_id', 'team_id', 'pool_id', 'step'), name='funnel_stock_cell')],
            },
        ),
        migrations.CreateModel(
            name='StayMonth',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('owner_id', models.BigIntegerField()),
                ('team_id', models.BigIntegerField()),
                ('co_owner_id', models.BigIntegerField()),
                ('co_team_id', models.BigIntegerField()),
                ('stage_id', models.BigIntegerField()),
                ('month', models.DateField()),
                ('days', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None)),
            ],
            options={
                'indexes': [models.Index(fields=['team_id', 'co_team_id', 'month'], name='stay_month_team')],
                'constraints': [models.UniqueConstraint(fields=('owner_id', 'team_id', 'co_owner_id', 'co_team_id', 'stage_id', 'month'), name='stay_month_cell')],
            },
        ),
        migrations.CreateModel(
            name='TeamStay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('team_id', models.BigIntegerField()),
                ('co_team_id', models.BigIntegerField()),
                ('stage_id', models.BigIntegerField()),
                ('month', models.DateField()),
                ('days', models.IntegerField()),
                ('stays', models.IntegerField()),
            ],
            options={
                'indexes': [models.Index(fields=['month', 'stage_id'], name='team_stay_of')],
                'constraints': [models.UniqueConstraint(fields=('team_id', 'co_team_id', 'stage_id', 'month', 'days'), name='team_stay_cell')],
            },
        ),
    ]

