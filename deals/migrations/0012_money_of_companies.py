"""What companies have signed, paid and not paid in time, as a function: every list and page of companies asks for it, and planning cost eight times what reading did."""

from django.db import migrations

from deals.payments.facts import CREATE_MONEY_OF_COMPANIES, DROP_MONEY_OF_COMPANIES


class Migration(migrations.Migration):
    dependencies = [("deals", "0011_when_a_part_was_made")]

    operations = [migrations.RunSQL(CREATE_MONEY_OF_COMPANIES, DROP_MONEY_OF_COMPANIES)]
