import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import crm.core.clock


class Migration(migrations.Migration):
    initial = True

    dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.CreateModel(
            name="Star",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("noun", models.CharField(max_length=40)),
                ("object_id", models.BigIntegerField()),
                ("set_at", models.DateTimeField(default=crm.core.clock.now)),
                (
                    "user",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="stars", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["noun", "object_id"], name="star_of_record")],
                "constraints": [models.UniqueConstraint(fields=("user", "noun", "object_id"), name="starred_once")],
            },
        ),
    ]
