"""Products, contracts, orders and payments: what must be true of every row."""

import crm.core.clock
import crm.core.sql
import django.contrib.postgres.indexes
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('deals', '0001_initial'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='allocation',
            options={'verbose_name': 'allocation', 'verbose_name_plural': 'allocations'},
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='contract',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='contract',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='order',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='order',
            name='delete_delete',
        ),
        migrations.RemoveConstraint(
            model_name='payment',
            name='payment_sign_fits_kind',
        ),
        migrations.AddField(
            model_name='contract',
            name='end_reason',
            field=models.TextField(blank=True, editable=False, verbose_name='why it was terminated'),
        ),
        migrations.AddField(
            model_name='contracthistory',
            name='end_reason',
            field=models.TextField(blank=True, editable=False, verbose_name='why it was terminated'),
        ),
        migrations.AddField(
            model_name='order',
            name='cancel_reason',
            field=models.TextField(blank=True, editable=False, verbose_name='why it was cancelled'),
        ),
        migrations.AddField(
            model_name='order',
            name='marked_special',
            field=models.BooleanField(default=False, verbose_name='special price by agreement'),
        ),
        migrations.AddField(
            model_name='orderhistory',
            name='cancel_reason',
            field=models.TextField(blank=True, editable=False, verbose_name='why it was cancelled'),
        ),
        migrations.AddField(
            model_name='orderhistory',
            name='marked_special',
            field=models.BooleanField(default=False, verbose_name='special price by agreement'),
        ),
        migrations.AlterField(
            model_name='allocation',
            name='at',
            field=models.DateTimeField(default=crm.core.clock.now),
        ),
        migrations.AlterField(
            model_name='contract',
            name='currency',
            field=models.CharField(choices=[('CNY', 'Chinese yuan'), ('USD', 'US dollar'), ('EUR', 'Euro'), ('HKD', 'Hong Kong dollar'), ('JPY', 'Japanese yen'), ('GBP', 'Pound sterling'), ('TWD', 'New Taiwan dollar'), ('MOP', 'Macau pataca'), ('SGD', 'Singapore dollar'), ('KRW', 'South Korean won'), ('AUD', 'Australian dollar'), ('CAD', 'Canadian dollar'), ('CHF', 'Swiss franc')], default='CNY', max_length=3, verbose_name='currency'),
        ),
        migrations.AlterField(
            model_name='contract',
            name='number',
            field=models.CharField(editable=False, max_length=40, unique=True, verbose_name='number'),
        ),
        migrations.AlterField(
            model_name='contracthistory',
            name='currency',
            field=models.CharField(choices=[('CNY', 'Chinese yuan'), ('USD', 'US dollar'), ('EUR', 'Euro'), ('HKD', 'Hong Kong dollar'), ('JPY', 'Japanese yen'), ('GBP', 'Pound sterling'), ('TWD', 'New Taiwan dollar'), ('MOP', 'Macau pataca'), ('SGD', 'Singapore dollar'), ('KRW', 'South Korean won'), ('AUD', 'Australian dollar'), ('CAD', 'Canadian dollar'), ('CHF', 'Swiss franc')], default='CNY', max_length=3, verbose_name='currency'),
        ),
        migrations.AlterField(
            model_name='contracthistory',
            name='number',
            field=models.CharField(editable=False, max_length=40, verbose_name='number'),
        ),
        migrations.AlterField(
            model_name='order',
            name='currency',
            field=models.CharField(choices=[('CNY', 'Chinese yuan'), ('USD', 'US dollar'), ('EUR', 'Euro'), ('HKD', 'Hong Kong dollar'), ('JPY', 'Japanese yen'), ('GBP', 'Pound sterling'), ('TWD', 'New Taiwan dollar'), ('MOP', 'Macau pataca'), ('SGD', 'Singapore dollar'), ('KRW', 'South Korean won'), ('AUD', 'Australian dollar'), ('CAD', 'Canadian dollar'), ('CHF', 'Swiss franc')], default='CNY', max_length=3, verbose_name='currency'),
        ),
        migrations.AlterField(
            model_name='order',
            name='is_special_price',
            field=models.BooleanField(default=False, editable=False, verbose_name='special price'),
        ),
        migrations.AlterField(
            model_name='order',
            name='number',
            field=models.CharField(editable=False, max_length=40, unique=True, verbose_name='number'),
        ),
        migrations.AlterField(
            model_name='orderhistory',
            name='currency',
            field=models.CharField(choices=[('CNY', 'Chinese yuan'), ('USD', 'US dollar'), ('EUR', 'Euro'), ('HKD', 'Hong Kong dollar'), ('JPY', 'Japanese yen'), ('GBP', 'Pound sterling'), ('TWD', 'New Taiwan dollar'), ('MOP', 'Macau pataca'), ('SGD', 'Singapore dollar'), ('KRW', 'South Korean won'), ('AUD', 'Australian dollar'), ('CAD', 'Canadian dollar'), ('CHF', 'Swiss franc')], default='CNY', max_length=3, verbose_name='currency'),
        ),
        migrations.AlterField(
            model_name='orderhistory',
            name='is_special_price',
            field=models.BooleanField(default=False, editable=False, verbose_name='special price'),
        ),
        migrations.AlterField(
            model_name='orderhistory',
            name='number',
            field=models.CharField(editable=False, max_length=40, verbose_name='number'),
        ),
        migrations.AlterField(
            model_name='payment',
            name='currency',
            field=models.CharField(choices=[('CNY', 'Chinese yuan'), ('USD', 'US dollar'), ('EUR', 'Euro'), ('HKD', 'Hong Kong dollar'), ('JPY', 'Japanese yen'), ('GBP', 'Pound sterling'), ('TWD', 'New Taiwan dollar'), ('MOP', 'Macau pataca'), ('SGD', 'Singapore dollar'), ('KRW', 'South Korean won'), ('AUD', 'Australian dollar'), ('CAD', 'Canadian dollar'), ('CHF', 'Swiss franc')], default='CNY', editable=False, max_length=3, verbose_name='currency'),
        ),
        migrations.AlterField(
            model_name='payment',
            name='number',
            field=models.CharField(editable=False, max_length=40, unique=True, verbose_name='number'),
        ),
        migrations.AlterField(
            model_name='paymenthistory',
            name='currency',
            field=models.CharField(choices=[('CNY', 'Chinese yuan'), ('USD', 'US dollar'), ('EUR', 'Euro'), ('HKD', 'Hong Kong dollar'), ('JPY', 'Japanese yen'), ('GBP', 'Pound sterling'), ('TWD', 'New Taiwan dollar'), ('MOP', 'Macau pataca'), ('SGD', 'Singapore dollar'), ('KRW', 'South Korean won'), ('AUD', 'Australian dollar'), ('CAD', 'Canadian dollar'), ('CHF', 'Swiss franc')], default='CNY', editable=False, max_length=3, verbose_name='currency'),
        ),
        migrations.AlterField(
            model_name='paymenthistory',
            name='number',
            field=models.CharField(editable=False, max_length=40, verbose_name='number'),
        ),
        migrations.AlterField(
            model_name='product',
            name='code',
            field=models.CharField(max_length=60, verbose_name='code'),
        ),
        migrations.AlterField(
            model_name='product',
            name='is_active',
            field=models.BooleanField(default=True, editable=False, verbose_name='on sale'),
        ),
        migrations.AlterField(
            model_name='producthistory',
            name='is_active',
            field=models.BooleanField(default=True, editable=False, verbose_name='on sale'),
        ),
        migrations.AddIndex(
            model_name='product',
            index=models.Index(condition=models.Q(('deleted_at', None)), fields=['sort_key', 'id'], name='product_name_order'),
        ),
        migrations.AddIndex(
            model_name='product',
            index=django.contrib.postgres.indexes.GinIndex(crm.core.sql.Bigrams('name'), name='product_bigrams'),
        ),
        migrations.AddIndex(
            model_name='product',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('latin', 'gin_trgm_ops'), name='product_latin'),
        ),
        migrations.AddIndex(
            model_name='product',
            index=models.Index(condition=models.Q(('deleted_at', None)), fields=['-updated_at', '-id'], name='product_walk'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contract',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "deals_contracthistory" ("amount", "co_owner_id", "co_team_id", "company_id", "created_at", "currency", "deleted_at", "end_reason", "ends_on", "external_id", "id", "latin", "name", "notes", "number", "opportunity_id", "owner_id", "payment_terms", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "signatory", "signed_on", "sort_key", "starts_on", "state", "team_id", "updated_at", "version") SELECT old_values."amount", old_values."co_owner_id", old_values."co_team_id", old_values."company_id", old_values."created_at", old_values."currency", old_values."deleted_at", old_values."end_reason", old_values."ends_on", old_values."external_id", old_values."id", old_values."latin", old_values."name", old_values."notes", old_values."number", old_values."opportunity_id", old_values."owner_id", old_values."payment_terms", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', old_values."id", old_values."signatory", old_values."signed_on", old_values."sort_key", old_values."starts_on", old_values."state", old_values."team_id", old_values."updated_at", old_values."version" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='a4b333e30b6830f3e1b276fbfa177b137e74e010', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_d7e9d', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='deals_contract', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contract',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "deals_contracthistory" ("amount", "co_owner_id", "co_team_id", "company_id", "created_at", "currency", "deleted_at", "end_reason", "ends_on", "external_id", "id", "latin", "name", "notes", "number", "opportunity_id", "owner_id", "payment_terms", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "signatory", "signed_on", "sort_key", "starts_on", "state", "team_id", "updated_at", "version") SELECT old_values."amount", old_values."co_owner_id", old_values."co_team_id", old_values."company_id", old_values."created_at", old_values."currency", old_values."deleted_at", old_values."end_reason", old_values."ends_on", old_values."external_id", old_values."id", old_values."latin", old_values."name", old_values."notes", old_values."number", old_values."opportunity_id", old_values."owner_id", old_values."payment_terms", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."signatory", old_values."signed_on", old_values."sort_key", old_values."starts_on", old_values."state", old_values."team_id", old_values."updated_at", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='7ba2d5dd0f0b59c4914d264aeaad647ea5064e05', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_e0eab', referencing='REFERENCING OLD TABLE AS old_values ', table='deals_contract', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='order',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "deals_orderhistory" ("amount", "cancel_reason", "co_owner_id", "co_team_id", "company_id", "contract_id", "created_at", "currency", "deleted_at", "external_id", "id", "is_special_price", "marked_special", "notes", "number", "opportunity_id", "owner_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "placed_at", "special_price_agreed_by_id", "state", "team_id", "updated_at", "version") SELECT old_values."amount", old_values."cancel_reason", old_values."co_owner_id", old_values."co_team_id", old_values."company_id", old_values."contract_id", old_values."created_at", old_values."currency", old_values."deleted_at", old_values."external_id", old_values."id", old_values."is_special_price", old_values."marked_special", old_values."notes", old_values."number", old_values."opportunity_id", old_values."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', old_values."id", old_values."placed_at", old_values."special_price_agreed_by_id", old_values."state", old_values."team_id", old_values."updated_at", old_values."version" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='a359f51b0583e8feb22c0ed3bcd9a32e5bb0bd2b', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_d736c', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='deals_order', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='order',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "deals_orderhistory" ("amount", "cancel_reason", "co_owner_id", "co_team_id", "company_id", "contract_id", "created_at", "currency", "deleted_at", "external_id", "id", "is_special_price", "marked_special", "notes", "number", "opportunity_id", "owner_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "placed_at", "special_price_agreed_by_id", "state", "team_id", "updated_at", "version") SELECT old_values."amount", old_values."cancel_reason", old_values."co_owner_id", old_values."co_team_id", old_values."company_id", old_values."contract_id", old_values."created_at", old_values."currency", old_values."deleted_at", old_values."external_id", old_values."id", old_values."is_special_price", old_values."marked_special", old_values."notes", old_values."number", old_values."opportunity_id", old_values."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."placed_at", old_values."special_price_agreed_by_id", old_values."state", old_values."team_id", old_values."updated_at", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='ff7d32b36c6b21ea0e5381e45ee772793813b994', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_97488', referencing='REFERENCING OLD TABLE AS old_values ', table='deals_order', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='allocation',
            constraint=models.CheckConstraint(condition=models.Q(('amount', 0), _negated=True), name='allocation_not_zero'),
        ),
        migrations.AddConstraint(
            model_name='contract',
            constraint=models.CheckConstraint(condition=models.Q(('starts_on', None), ('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='contract_ends_after_start'),
        ),
        migrations.AddConstraint(
            model_name='contract',
            constraint=models.CheckConstraint(condition=models.Q(('signed_on__isnull', False), ('state', 'draft'), _connector='OR'), name='contract_signed_has_day'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gte', 0)), name='order_amount_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'placed'), _negated=True), ('placed_at__isnull', False), _connector='OR'), name='order_placed_has_time'),
        ),
        migrations.AddConstraint(
            model_name='orderline',
            constraint=models.CheckConstraint(condition=models.Q(('unit_price__gte', 0)), name='order_line_price_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('amount__gt', 0), ('kind', 'receipt'), ('reverses', None)), models.Q(('amount__lt', 0), ('kind', 'refund'), ('reverses__isnull', False)), models.Q(('amount__gt', 0), ('kind', 'bad_debt'), ('reverses', None)), models.Q(('amount__lt', 0), ('kind', 'bad_debt'), ('reverses__isnull', False)), _connector='OR'), name='payment_sign_fits_kind'),
        ),
        migrations.AddConstraint(
            model_name='product',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('code'), name='product_code'),
        ),
        migrations.AddConstraint(
            model_name='product',
            constraint=models.CheckConstraint(condition=models.Q(('floor_price', None), ('floor_price__gte', 0), _connector='OR'), name='product_floor_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='product',
            constraint=models.CheckConstraint(condition=models.Q(('tax_rate__range', (0, 100))), name='product_tax_0_to_100'),
        ),
    ]
