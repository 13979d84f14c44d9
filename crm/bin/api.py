"""The bin over the API: what lies in it, the conflicts a record would meet, and the way back."""

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from crm.accounts.models import User
from crm.bin import acts
from crm.bin.obstacles import obstacles
from crm.bin.waysback import ways_back
from crm.core.policy import require
from crm.rest.paging import PagingOfAsked
from crm.rest.serializers import Input, PersonRef
from crm.rest.strict import Strict

LONGEST = 80
NOUN = OpenApiParameter("noun", str, OpenApiParameter.PATH, description="The kind of record, as in the other addresses: `companies`, `contacts` …")
NAMED = OpenApiParameter("q", str, description="Only those whose name holds this.")
ID = OpenApiParameter("id", int, OpenApiParameter.PATH, description="The id of the record in the bin.")


class BinnedAnswer(serializers.Serializer):
    """One record in the bin: who put it there, how much went along by noun, and the days that are left."""

    id = serializers.IntegerField()
    title = serializers.CharField()
    deleted_at = serializers.DateTimeField()
    deleted_by = PersonRef(allow_null=True)
    days_left = serializers.IntegerField()


class ObstacleAnswer(serializers.Serializer):
    """One conflict; `choice` goes into `without` of a restoration to go round it, an `owner` round those of the way `owner`."""

    code = serializers.CharField()
    sentence = serializers.CharField()
    field = serializers.CharField()
    way = serializers.CharField()
    choice = serializers.CharField()


class LookAnswer(BinnedAnswer):
    """The same of one, with what comes back with it and the conflicts it would meet."""

    along = serializers.DictField(child=serializers.IntegerField())
    obstacles = ObstacleAnswer(many=True)


class RestorationInput(Input):
    """The ways round the conflicts."""

    without = serializers.ListField(child=serializers.CharField(max_length=60), required=False, max_length=1000)
    owner = serializers.PrimaryKeyRelatedField(queryset=User.objects.filter(is_system=False), required=False, allow_null=True)


class RestoredAnswer(serializers.Serializer):
    """What is back."""

    noun = serializers.CharField()
    id = serializers.IntegerField()


class BinViewSet(Strict, viewsets.GenericViewSet):
    """What lies in the bin of one kind of record; a token needs the scope of the record's kind."""

    queryset = User.objects.none()
    serializer_class = BinnedAnswer
    pagination_class = PagingOfAsked
    sorts = (acts.BY_DELETION,)
    related = ("owner",)
    lookup_value_regex = r"\d{1,18}"

    @property
    def noun(self):
        """The plural that rights and token scopes speak of."""
        return self.kwargs.get("noun", "")

    @extend_schema(parameters=[NOUN, NAMED], responses=BinnedAnswer(many=True))
    def list(self, request, noun):
        """A page of them, the latest first."""
        rows = self.paginate_queryset(acts.named(self.rows(), request.query_params.get("q", "")[:LONGEST].replace("\x00", "")))
        who = acts.takers(rows)
        return self.get_paginated_response(BinnedAnswer([_told(row, who) for row in rows], many=True).data)

    @extend_schema(parameters=[NOUN, ID], responses=LookAnswer)
    def retrieve(self, request, noun, pk=None):
        """One, with what comes along and the conflicts."""
        row = self.record()
        along = {name: len(found) for name, found in acts.along(row).items()}
        told = _told(row, acts.takers([row])) | {"along": along, "obstacles": [one.plain() for one in obstacles(row, request.user)]}
        return Response(LookAnswer(told).data)

    @extend_schema(parameters=[NOUN, ID], request=RestorationInput, responses=RestoredAnswer)
    @action(detail=True, methods=["post"])
    def restoration(self, request, noun, pk=None):
        """Take it out of the bin with what went in with it; 409 with `obstacles` where something stands in the way."""
        row = self.record()
        given = self.read(RestorationInput)
        ways_back[noun].restore(row, by=request.user, without=given.get("without", ()), owner=given.get("owner"))
        return Response({"noun": noun, "id": row.pk})

    def rows(self):
        """The rows in the bin which this person may take out."""
        way = ways_back.get(self.noun)
        if way is None:
            raise Http404
        require(self.request.user, f"{self.noun}.delete")
        return way.model.objects.binned_visible_to(self.request.user, "delete").select_related("owner")

    def record(self):
        """The record of the URL."""
        found = self.rows().filter(pk=int(self.kwargs["pk"])).first()
        if found is None:
            raise Http404
        return found


def _told(row, who):
    return {"id": row.pk, "title": str(row), "deleted_at": row.deleted_at, "deleted_by": who.get(row.pk), "days_left": acts.days_left(row)}
