from django.db import migrations, models

WEIGHTS = {"need": 25, "contact": 20, "amount": 20, "decision_path": 15, "size": 10, "expected_close": 10}


def begin(apps, schema_editor):
    """What a house begins with; an administrator may change it."""
    weight = apps.get_model("customers", "Weight")
    weight.objects.bulk_create([weight(noun="opportunities", field=field, points=points) for field, points in WEIGHTS.items()])


class Migration(migrations.Migration):
    dependencies = [("customers", "0007_rules_for_duplicates")]

    operations = [
        migrations.AlterField(
            "weight",
            "noun",
            models.CharField(
                choices=[("companies", "Companies"), ("contacts", "Contacts"), ("opportunities", "Opportunities")], max_length=20, verbose_name="records"
            ),
        ),
        migrations.RunPython(begin, migrations.RunPython.noop),
    ]
