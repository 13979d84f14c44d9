import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("activity", "0003_readers_find_what_an_event_is_about"),
        ("contenttypes", "0002_remove_content_type_name"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="activity",
            index=models.Index(
                models.F("actor"),
                models.OrderBy(django.db.models.functions.comparison.Cast(models.F("data__within"), models.BigIntegerField()), descending=True),
                condition=models.Q(("data__has_key", "within")),
                name="activity_in_bulk",
            ),
        ),
    ]
