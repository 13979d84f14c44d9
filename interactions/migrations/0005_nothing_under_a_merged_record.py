from django.db import migrations

from customers.merging.guard import never_under_merged


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0005_journal_of_merges"),
        ("interactions", "0004_follow_ups_by_due_time"),
    ]

    operations = [
        migrations.RunSQL(*never_under_merged("interactions_interaction", "company", "contact")),
        migrations.RunSQL(*never_under_merged("interactions_followup", "company", "contact")),
    ]
