from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_sign_in_records")]

    operations = [
        migrations.AlterField("savedview", "is_shared", models.BooleanField(default=False, verbose_name="shown to everybody in the house")),
    ]
