"""What the bin adds to the house: its endpoints."""

from crm.bin.api import BinViewSet
from crm.rest.router import router

router.register(r"bin/(?P<noun>[a-z]{1,30})", BinViewSet, basename="binned")
