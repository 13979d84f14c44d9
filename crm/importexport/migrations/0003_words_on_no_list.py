from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("importexport", "0002_corrections_and_undo")]

    operations = [
        migrations.AddField(
            model_name="wrongrow",
            name="outcome",
            field=models.CharField(default="rejected", max_length=10),
        ),
    ]
