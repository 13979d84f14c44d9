"""When a number or a line came into being: unknown of those that are there already, which costs no rewriting of the table."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import crm.core.clock


class Migration(migrations.Migration):
    dependencies = [
        ("deals", "0010_leads_found_anew"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="orderline",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="orderline",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="orderline",
            name="created_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AlterField(
            model_name="orderline",
            name="created_at",
            field=models.DateTimeField(default=crm.core.clock.now, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="orderlinehistory",
            name="created_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AlterField(
            model_name="orderlinehistory",
            name="created_at",
            field=models.DateTimeField(default=crm.core.clock.now, editable=False, null=True),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="orderline",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "deals_orderlinehistory" ("amount", "created_at", "discount", "id", "order_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "product_id", "quantity", "unit_price") SELECT old_values."amount", old_values."created_at", old_values."discount", old_values."id", old_values."order_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', old_values."id", old_values."position", old_values."product_id", old_values."quantity", old_values."unit_price" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="a8cb08d8801cde31f074566393660d04380ace8a",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_78723",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="deals_orderline",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="orderline",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "deals_orderlinehistory" ("amount", "created_at", "discount", "id", "order_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "product_id", "quantity", "unit_price") SELECT old_values."amount", old_values."created_at", old_values."discount", old_values."id", old_values."order_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."position", old_values."product_id", old_values."quantity", old_values."unit_price" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="e2cc55674abe378cdd9beb066818a6fc6919dcb3",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_5c7da",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="deals_orderline",
                    when="AFTER",
                ),
            ),
        ),
    ]
