"""Since when a link to set a password, given out by an administrator, is open for a person."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0009_right_to_fetch_backups")]
    operations = [
        migrations.AddField(
            model_name="user",
            name="invited_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="invited"),
        ),
    ]
