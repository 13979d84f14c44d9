from django.db import migrations, models
from django.db.models.functions import Lower


class Migration(migrations.Migration):
    dependencies = [("deals", "0008_moves_that_are_taken_back")]

    operations = [
        migrations.RemoveConstraint(model_name="product", name="product_code"),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.UniqueConstraint(Lower("code"), name="product_code", condition=models.Q(deleted_at=None)),
        ),
    ]
