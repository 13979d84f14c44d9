from django.db import migrations

from customers.merging.guard import never_under_merged


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0005_journal_of_merges"),
        ("feedback", "0002_statistics"),
    ]

    operations = [
        migrations.RunSQL(*never_under_merged("feedback_ticket", "company", "contact")),
    ]
