"""A customer as it was, over the API: the same comparison, rights and verb as on the page."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from crm.rest.serializers import Input
from crm.rest.strict import Strict
from crm.rest.viewsets import NounViewSet
from customers.companies.models import Company
from customers.past import services
from customers.past.asking import moment_of
from customers.past.comparing import compare


class DifferenceAnswer(serializers.Serializer):
    """One field then and now, in words; `choice` brings it back, `stuck` says why nothing does."""

    field = serializers.CharField()
    label = serializers.CharField()
    then = serializers.CharField()
    now = serializers.CharField()
    choice = serializers.CharField()
    stuck = serializers.CharField()


class RecordAnswer(serializers.Serializer):
    """One record of the customer: added, removed or changed since."""

    noun = serializers.CharField(source="kind.noun")
    id = serializers.IntegerField(source="pk")
    title = serializers.CharField()
    state = serializers.ChoiceField(choices=["added", "removed", "changed", "same"])
    version = serializers.IntegerField(allow_null=True)
    choice = serializers.CharField()
    stuck = serializers.CharField()
    differences = DifferenceAnswer(many=True)


class ComparisonAnswer(serializers.Serializer):
    """What differs between that moment and now."""

    at = serializers.DateTimeField()
    records = RecordAnswer(many=True)


class RestoreInput(Input):
    """The moment, the choices of a comparison, and the versions they were seen in."""

    at = serializers.DateTimeField()
    choices = serializers.ListField(
        child=serializers.CharField(max_length=80), max_length=1000, help_text=_("As given by as-of, such as contacts:12:position.")
    )
    versions = serializers.DictField(child=serializers.IntegerField(min_value=1), required=False, help_text=_("By record, such as contacts:12."))


class RestoredStateAnswer(serializers.Serializer):
    """The event of the restoration; it can be undone as one."""

    event = serializers.IntegerField()


AT = OpenApiParameter("at", str, description="A day or a moment; yesterday at this time unless said.")
BEFORE = OpenApiParameter("before", int, description="Instead of `at`: the id of an event, just before which is meant.")
ALL = OpenApiParameter("all", bool, description="true: also what is the same.")


class AsOfViewSet(Strict, viewsets.GenericViewSet):
    """A customer as it was, and back to it."""

    model = Company
    queryset = Company.objects.none()
    related = ("owner", "team")
    lookup_value_regex = NounViewSet.lookup_value_regex
    load = NounViewSet.load
    serializer_class = ComparisonAnswer

    @property
    def noun(self):
        """The plural that rights and token scopes speak of."""
        return self.model.noun

    @extend_schema(parameters=[AT, BEFORE, ALL], responses=ComparisonAnswer)
    @action(detail=True, methods=["get"], url_path="as-of", url_name="as-of")
    def as_of(self, request, pk=None):
        """The customer at a moment beside today."""
        company = self.load("view")
        found = compare(company, moment_of(request.query_params, company), by=request.user, everything=request.query_params.get("all") == "true")
        return Response(ComparisonAnswer(found).data)

    @extend_schema(request=RestoreInput, responses=RestoredStateAnswer)
    @action(detail=True, methods=["post"], url_path="restore-as-of", url_name="restore-as-of")
    def restore_as_of(self, request, pk=None):
        """Bring chosen differences back, all or nothing."""
        given = self.read(RestoreInput)
        company = self.load("edit")
        event = services.restore(company, at=given["at"], choices=given["choices"], by=request.user, versions=given.get("versions"))
        return Response({"event": event})
