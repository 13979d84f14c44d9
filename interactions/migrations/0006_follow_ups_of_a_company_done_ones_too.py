from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0009_right_to_fetch_backups"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("customers", "0012_when_a_part_was_made"),
        ("interactions", "0005_nothing_under_a_merged_record"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="followup",
            index=models.Index(fields=["company", "id"], name="followup_by_company"),
        ),
    ]
