from django.db import migrations

from customers.merging.guard import never_under_merged


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0005_journal_of_merges"),
        ("deals", "0004_heads_of_the_board_from_an_index"),
    ]

    operations = [
        migrations.RunSQL(*never_under_merged("deals_lead", "company", "contact")),
        migrations.RunSQL(*never_under_merged("deals_opportunity", "company", "contact")),
        migrations.RunSQL(*never_under_merged("deals_contract", "company")),
        migrations.RunSQL(*never_under_merged("deals_order", "company")),
        migrations.RunSQL(*never_under_merged("deals_instalment", "company")),
        migrations.RunSQL(*never_under_merged("deals_payment", "company")),
    ]
