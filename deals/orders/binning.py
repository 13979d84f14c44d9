"""A draft goes into the bin with its company, its opportunity or its contract; what was placed stays."""

from django.db.models import Q
from django.utils.translation import ngettext

from crm.bin.belongings import Staying, belongs, staying
from crm.bin.waysback import WayBack, ways_back
from deals.orders import services
from deals.orders.models import Order

belongs("companies", Order, "company")
belongs("opportunities", Order, "opportunity")
belongs("contracts", Order, "contract")
staying.add("orders", Staying(Order, ~Q(state=Order.State.DRAFT), lambda n: ngettext("%(n)d placed order", "%(n)d placed orders", n)))
ways_back.add("orders", WayBack(Order, services.restore, services.assign, "deals:orders:bin"))
