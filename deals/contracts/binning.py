"""A draft goes into the bin with its company or its opportunity; what was signed stays."""

from django.db.models import Q
from django.utils.translation import ngettext

from crm.bin.belongings import Staying, belongs, staying
from crm.bin.waysback import WayBack, ways_back
from deals.contracts import services
from deals.contracts.models import Contract

belongs("companies", Contract, "company")
belongs("opportunities", Contract, "opportunity")
staying.add("contracts", Staying(Contract, ~Q(state=Contract.State.DRAFT), lambda n: ngettext("%(n)d signed contract", "%(n)d signed contracts", n)))
ways_back.add("contracts", WayBack(Contract, services.restore, services.assign, "deals:contracts:bin"))
