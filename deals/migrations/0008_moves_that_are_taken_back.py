"""A move through the stages can be taken back: it stays in the history and counts nowhere."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("deals", "0007_nothing_about_a_merged_lead")]

    operations = [
        migrations.AddField("stagechange", "is_taken_back", models.BooleanField(default=False, db_default=False)),
    ]
