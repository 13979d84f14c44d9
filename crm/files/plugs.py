"""What files add to the house: their endpoints and the words of their events."""

from crm.bin.removing import partings
from crm.files import telling  # noqa: F401 - registers the words of its events
from crm.files.api import FileViewSet
from crm.files.services import forget_with
from crm.rest.router import router

partings.add("files", forget_with)
router.register(r"(?P<noun>[a-z]{1,30})/(?P<record>\d{1,18})/files", FileViewSet, basename="file")
