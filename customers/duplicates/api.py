"""The list of pairs over the API: read what waits, and say what the two are to each other."""

from django.http import Http404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from crm.core import keyset
from crm.core.errors import Invalid
from crm.core.keyset import Sort
from crm.core.policy import require
from crm.core.scope import Scope
from crm.rest.paging import KeysetPaging
from crm.rest.serializers import Input, PersonRef
from crm.rest.strict import Strict
from crm.rest.viewsets import NounViewSet
from customers.duplicates import services
from customers.duplicates.models import DuplicatePair
from customers.matching import reasons
from customers.merging import proposing
from customers.merging import services as merging
from customers.merging.kinds import kinds

State, Decision = DuplicatePair.State, DuplicatePair.Decision


class RecordRef(serializers.Serializer):
    """A record, by id and name."""

    id = serializers.IntegerField()
    name = serializers.CharField()


class PairAnswer(serializers.ModelSerializer):
    """Two records that may be one: how sure that is (0 to 1), why, and what was decided."""

    left = serializers.SerializerMethodField()
    right = serializers.SerializerMethodField()
    reasons = serializers.SerializerMethodField()
    decided_by = PersonRef(read_only=True, allow_null=True)

    class Meta:
        model = DuplicatePair
        fields = ["id", "noun", "left", "right", "score", "decision", "reasons", "found_by", "found_at", "state", "remind_on", "decided_by", "decided_at"]
        read_only_fields = fields

    @extend_schema_field(RecordRef)
    def get_left(self, pair):
        """The one with the smaller id."""
        return {"id": pair.left_id, "name": self.context["names"][pair.left_id]}

    @extend_schema_field(RecordRef)
    def get_right(self, pair):
        """The other one."""
        return {"id": pair.right_id, "name": self.context["names"][pair.right_id]}

    def get_reasons(self, pair) -> str:
        """What agrees and what differs, in words."""
        return reasons.words(pair.reasons)


class DecisionInput(Input):
    """`different` and `related` hold for every later search, `later` for a week; `open` takes it back."""

    state = serializers.ChoiceField(choices=[State.OPEN, *services.SAYABLE])


class SameInput(Input):
    """Which of the two stays, the one with more history unless said otherwise. To choose values, merge at the record itself."""

    survivor = serializers.IntegerField(required=False, min_value=1, max_value=2**63 - 1)


class SameAnswer(serializers.Serializer):
    """The merge that made the two one."""

    merge = serializers.IntegerField()
    survivor = serializers.IntegerField()
    merged = serializers.ListField(child=serializers.IntegerField())


class PairPaging(KeysetPaging):
    """The surest first; who may see a pair was asked of both its records already."""

    def paginate_queryset(self, queryset, request, view=None):
        self.request = request
        sort = keyset.sort_named(view.sorts, request.query_params.get("sort", ""))
        cursor = request.query_params.get("cursor", "")
        self.page = keyset.fetch(queryset, Scope(everything=True), sort, cursor=cursor, size=self._size(request.query_params), related=("decided_by",))
        return self.page.rows


class Pairs(Strict, viewsets.GenericViewSet):
    """Possible duplicates of one kind, for whoever may merge both records: subclass with `noun`."""

    noun = ""
    queryset = DuplicatePair.objects.none()
    serializer_class = PairAnswer
    pagination_class = PairPaging
    lookup_value_regex = NounViewSet.lookup_value_regex
    filter_backends = ()
    sorts = (Sort("score", _("Surest first"), "score", descending=True),)

    @extend_schema(parameters=[OpenApiParameter("decision", str, enum=list(Decision.values), description="What the search found them to be.")])
    def list(self, request):
        """The pairs that wait for a decision, the surest first."""
        require(request.user, f"{self.noun}.merge")
        rows = self.pairs().waiting()
        wanted = request.query_params.get("decision", "")
        if wanted and wanted not in Decision.values:
            raise Invalid(_("This is none of the choices."), field="decision")
        page = self.paginate_queryset(rows.filter(decision=wanted) if wanted else rows)
        return self.get_paginated_response(self.told(page, many=True))

    def retrieve(self, request, pk=None):
        """One pair, decided or not."""
        return Response(self.told(self.load()))

    @extend_schema(request=DecisionInput, responses=PairAnswer)
    @action(detail=True, methods=["post"])
    def decision(self, request, pk=None):
        """Say what the two are to each other, short of being one."""
        state = self.read(DecisionInput)["state"]
        return Response(self.told(services.decide(self.load(), state, by=request.user)))

    @extend_schema(request=SameInput, responses=SameAnswer)
    @action(detail=True, methods=["post"])
    def merging(self, request, pk=None):
        """They are the same: merge them with the values that are proposed."""
        wanted = self.read(SameInput).get("survivor")
        pair = self.load()
        model = kinds[self.noun].model
        rows = list(model.objects.filter(pk__in=(pair.left_id, pair.right_id)).order_by("pk"))
        stays = next((row for row in rows if row.pk == wanted), None)
        if wanted and stays is None:
            raise Invalid(_("This is none of the records that are merged."), field="survivor", code="not_merged")
        stays = stays or proposing.best_survivor(rows, proposing.counts_of(model, [row.pk for row in rows]))
        gone = [row for row in rows if row != stays]
        done = merging.merge(stays, gone, by=request.user)
        return Response({"merge": done.pk, "survivor": stays.pk, "merged": [row.pk for row in gone]})

    def pairs(self):
        """The pairs both of whose records this person may merge."""
        return DuplicatePair.objects.visible_to(self.request.user, "merge", self.noun)

    def load(self):
        """The pair of the URL."""
        found = self.pairs().select_related("decided_by").filter(pk=int(self.kwargs["pk"])).first()
        if found is None:
            raise Http404
        return found

    def told(self, found, many=False):
        """Pairs with the names of their records."""
        rows = found if many else [found]
        ids = {pk for pair in rows for pk in (pair.left_id, pair.right_id)}
        names = dict(kinds[self.noun].model.objects.filter(pk__in=ids).values_list("pk", "name"))
        return PairAnswer(found, many=many, context=self.get_serializer_context() | {"names": names}).data


class CompanyPairs(Pairs):
    """Possible duplicates among companies."""

    noun = "companies"


class ContactPairs(Pairs):
    """Possible duplicates among people."""

    noun = "contacts"
