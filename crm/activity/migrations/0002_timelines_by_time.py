"""Timelines in the order of what happened: every link to an activity carries its time."""

from django.db import migrations, models

FORWARD = """
ALTER TABLE activity_about ADD COLUMN at timestamptz;
UPDATE activity_about SET at = activity_activity.at FROM activity_activity WHERE activity_activity.id = activity_id;
ALTER TABLE activity_about ALTER COLUMN at SET NOT NULL, DROP CONSTRAINT activity_about_pkey,
    ADD CONSTRAINT activity_about_pkey PRIMARY KEY (kind_id, object_id, at, activity_id);
"""
BACK = """
ALTER TABLE activity_about DROP CONSTRAINT activity_about_pkey, ADD CONSTRAINT activity_about_pkey PRIMARY KEY (kind_id, object_id, activity_id);
ALTER TABLE activity_about DROP COLUMN at;
"""


class Migration(migrations.Migration):
    dependencies = [("activity", "0001_initial")]

    operations = [
        migrations.RunSQL(
            FORWARD,
            BACK,
            state_operations=[
                migrations.AddField("about", "at", models.DateTimeField(verbose_name="when"), preserve_default=False),
                migrations.AlterField(
                    "about",
                    "pk",
                    models.CompositePrimaryKey("kind", "object_id", "at", "activity", blank=True, editable=False, primary_key=True, serialize=False),
                ),
            ],
        )
    ]
