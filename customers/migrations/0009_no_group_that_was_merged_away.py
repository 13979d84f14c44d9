from django.db import migrations

from customers.merging.guard import never_under_merged


class Migration(migrations.Migration):
    dependencies = [("customers", "0008_weights_of_opportunities")]

    operations = [migrations.RunSQL(*never_under_merged("customers_company", "parent"))]
