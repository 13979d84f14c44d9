from django.db import migrations

from customers.merging.guard import never_about_merged

LEAD = {"records": "deals_lead", "noun": "leads", "app": "deals", "model": "lead"}


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0010_what_the_search_may_do"),
        ("deals", "0006_leads_found_again"),
        ("interactions", "0005_nothing_under_a_merged_record"),
    ]

    operations = [
        migrations.RunSQL(*never_about_merged("interactions_interaction", **LEAD)),
        migrations.RunSQL(*never_about_merged("interactions_followup", **LEAD)),
    ]
