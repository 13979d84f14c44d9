"""A plan goes into the bin with its draft of an order; money that moved stays."""

from django.db.models import Q
from django.utils.translation import ngettext

from crm.bin.belongings import Staying, belongs, staying
from deals.payments.models import Instalment, Payment

belongs("companies", Instalment, "company")
belongs("orders", Instalment, "order")
belongs("contracts", Instalment, "order__contract")
belongs("opportunities", Instalment, "order__opportunity")
belongs("companies", Payment, "company")
staying.add("payments", Staying(Payment, Q(), lambda n: ngettext("%(n)d payment", "%(n)d payments", n)))
