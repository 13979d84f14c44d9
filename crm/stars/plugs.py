"""What stars add to the house: whether a record carries one, told with the record itself, and their endpoint."""

from django.db.models import Exists, OuterRef

from crm.bin.removing import partings
from crm.rest.router import router
from crm.stars.api import StarViewSet
from crm.stars.models import Star
from crm.web.pages import notes


@notes.named("is_starred")
def is_starred(model, actor):
    """Whether the reader has marked the record."""
    return Exists(Star.objects.filter(user=actor, noun=model.noun, object_id=OuterRef("pk")))


router.register(r"(?P<noun>[a-z]{1,30})/(?P<record>\d{1,18})", StarViewSet, basename="star")


@partings.named("stars")
def forget_with(model, records):
    """Nobody keeps an eye on what is gone."""
    Star.objects.filter(noun=model.noun, object_id__in=[record.pk for record in records]).delete()
