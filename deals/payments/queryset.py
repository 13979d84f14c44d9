"""Selections of instalments and payments that read aloud."""

from decimal import Decimal

from django.db.models import DecimalField, F, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from crm.core.scope import ScopedQuerySet

MONEY = DecimalField(max_digits=18, decimal_places=2)


class InstalmentQuerySet(ScopedQuerySet):
    """Instalments by meaning."""

    def with_open(self):
        """Instalments with `settled`, what was paid or written off of them, and `open`, what is still missing."""
        allocations = self.model.allocations.rel.related_model.objects.filter(instalment=OuterRef("pk"))
        settled = allocations.order_by().values("instalment").annotate(total=Sum("amount")).values("total")
        rows = self.annotate(settled=Coalesce(Subquery(settled, output_field=MONEY), Decimal(0), output_field=MONEY))
        return rows.annotate(open=F("amount") - F("settled"))

    def owed(self):
        """Instalments of placed orders that are not fully settled."""
        return self.with_open().filter(open__gt=0, order__state="placed")

    def overdue(self, today):
        """Instalments that should have been paid before today, by the calendar day of the company."""
        return self.owed().filter(due_on__lt=today)

    def due_first(self):
        """The oldest due first."""
        return self.order_by("due_on", "position")


class PaymentQuerySet(ScopedQuerySet):
    """Payments by meaning."""

    def receipts(self):
        """Money that came in."""
        return self.filter(kind="receipt")

    def moved(self):
        """Money that came in or went back; a bad debt moves none."""
        return self.exclude(kind="bad_debt")
