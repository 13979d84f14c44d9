"""When a number or a line came into being: unknown of those that are there already, which costs no rewriting of the table."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import crm.core.clock


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0011_names_found_anew"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="contactpoint",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="contactpoint",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="contactpoint",
            name="created_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AlterField(
            model_name="contactpoint",
            name="created_at",
            field=models.DateTimeField(default=crm.core.clock.now, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="contactpointhistory",
            name="created_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AlterField(
            model_name="contactpointhistory",
            name="created_at",
            field=models.DateTimeField(default=crm.core.clock.now, editable=False, null=True),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contactpoint",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "customers_contactpointhistory" ("company_id", "contact_id", "created_at", "digits", "id", "is_primary", "kind", "label", "norm", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "value", "verified_at", "verified_by_id") SELECT old_values."company_id", old_values."contact_id", old_values."created_at", old_values."digits", old_values."id", old_values."is_primary", old_values."kind", old_values."label", old_values."norm", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', old_values."id", old_values."state", old_values."value", old_values."verified_at", old_values."verified_by_id" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="083d373bb880c5c48900882ef99d9283c90ce8f7",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_90fab",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="customers_contactpoint",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contactpoint",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "customers_contactpointhistory" ("company_id", "contact_id", "created_at", "digits", "id", "is_primary", "kind", "label", "norm", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "value", "verified_at", "verified_by_id") SELECT old_values."company_id", old_values."contact_id", old_values."created_at", old_values."digits", old_values."id", old_values."is_primary", old_values."kind", old_values."label", old_values."norm", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."state", old_values."value", old_values."verified_at", old_values."verified_by_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="8eadc4ce52adb72e3978a6733f1ba0f553f9a1b3",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_f627e",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="customers_contactpoint",
                    when="AFTER",
                ),
            ),
        ),
    ]
