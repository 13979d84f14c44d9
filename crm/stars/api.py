"""Stars over the API: the caller's own mark on a record."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from crm.rest.strict import Strict
from crm.stars import services
from crm.stars.models import Star
from crm.stars.views import record_of

NOUN = OpenApiParameter("noun", str, OpenApiParameter.PATH, description="The kind of record, as in the other addresses: `companies`, `opportunities` …")
RECORD = OpenApiParameter("record", int, OpenApiParameter.PATH, description="The id of the record.")


class StarViewSet(Strict, viewsets.GenericViewSet):
    """Marks of the caller's own; `?starred=true` narrows a list to what they mark."""

    queryset = Star.objects.none()
    serializer_class = serializers.Serializer
    pagination_class = None

    @property
    def noun(self):
        """The plural that rights and token scopes speak of."""
        return self.kwargs.get("noun", "")

    @extend_schema(parameters=[NOUN, RECORD], request=None, responses={204: None})
    @action(detail=False, methods=["post"])
    def star(self, request, noun, record):
        """Mark the record for oneself."""
        services.star(record_of(request.user, noun, int(record)), by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(parameters=[NOUN, RECORD], request=None, responses={204: None})
    @star.mapping.delete
    def unstar(self, request, noun, record):
        """Take the mark off."""
        services.unstar(record_of(request.user, noun, int(record)), by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)
