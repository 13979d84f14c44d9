"""Merging over the API: the same proposal, rights and verbs as on the page."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from crm.core.masking import shown
from crm.core.policy import require
from crm.rest.serializers import Input, ScopedKey
from crm.rest.strict import Strict
from crm.rest.viewsets import NounViewSet
from customers.companies.api import CompanyInput
from customers.companies.models import Company
from customers.contacts.api import ContactInput
from customers.contacts.models import Contact
from customers.merging import proposing, services
from customers.merging.kinds import kinds
from customers.merging.models import Merge


class CountAnswer(serializers.Serializer):
    """How many rows of one relation hang on the records together; it is the same before and after."""

    relation = serializers.CharField()
    label = serializers.CharField()
    count = serializers.IntegerField()


class MergeAnswer(serializers.Serializer):
    """What a merge did, or with `dry_run` would do; `merge` is null then."""

    merge = serializers.IntegerField(allow_null=True)
    survivor = serializers.IntegerField()
    merged = serializers.ListField(child=serializers.IntegerField())
    related = CountAnswer(many=True)


class UnmergeInput(Input):
    """Which merge: the last one into this record unless said otherwise."""

    merge = serializers.IntegerField(required=False, min_value=1, max_value=2**63 - 1)


class UnmergeAnswer(serializers.Serializer):
    """The records there are again, the survivor first, and what stayed on it: fields, and ids by relation."""

    merge = serializers.IntegerField()
    records = serializers.ListField(child=serializers.IntegerField())
    edits = serializers.DictField()
    added = serializers.DictField()
    left = serializers.DictField()


class Merging(Strict, viewsets.GenericViewSet):
    """Merging records into one, and taking that back: subclass with `model` and the inputs."""

    model = None
    merge_input = None
    lookup_value_regex = NounViewSet.lookup_value_regex
    related = ("owner", "team")
    load = NounViewSet.load

    @property
    def noun(self):
        """The plural that rights and token scopes speak of."""
        return self.model.noun

    def merge(self, request):
        """Put others into this record."""
        given = self.read(self.merge_input)
        survivor, others = self.load("merge"), given["others"]
        if given.get("dry_run"):
            require(request.user, f"{self.noun}.merge", survivor)
            return self.told(None, survivor, others)
        holder = given.get("owner_of")
        counts = self.told(None, survivor, others).data["related"]
        done = services.merge(survivor, others, dict(given.get("values") or {}), by=request.user, holder=holder)
        return self.told(done, survivor, others, counts)

    def told(self, done, survivor, others, counts=None):
        """The answer."""
        ids = sorted({row.pk for row in others} - {survivor.pk})
        found = proposing.counts_of(self.model, [survivor.pk, *ids])
        related = counts or [
            {"relation": relation.name, "label": relation.words, "count": sum(row.get(relation.name, 0) for row in found.by_record.values())}
            for relation in found.relations
        ]
        return Response({"merge": done and done.pk, "survivor": survivor.pk, "merged": ids, "related": related})

    def unmerge(self, request):
        """Take the last merge into this record back."""
        given = self.read(UnmergeInput)
        survivor = self.load("merge")
        rows = Merge.objects.filter(noun=self.noun, survivor_id=survivor.pk)
        rows = rows.filter(pk=given["merge"]) if given.get("merge") else rows.filter(undone_at=None)
        merge = rows.order_by("-pk").first()
        if merge is None:
            raise serializers.ValidationError({"merge": [_("Nothing was merged into this record, or it was taken back.")]})
        answer = services.unmerge(merge, by=request.user)
        ids = [row.pk for row in answer.records]
        return Response({"merge": merge.pk, "records": ids, "edits": self.readable(answer.edits, survivor), "added": answer.added, "left": answer.left})

    def readable(self, edits, survivor):
        """The edits as this person may read them."""
        guarded = {choice.field: choice for choice in kinds[self.noun].choices if choice.guarded}
        return {name: [self._seen(guarded.get(name), value, survivor) for value in values] for name, values in edits.items()}

    def _seen(self, choice, value, survivor):
        return shown(self.request.user, choice.guarded, value, choice.mask, record=survivor) if choice and value else value


class MergeInput(Input):
    """What goes into the record, and whose owner gets the result; the values of single fields come from the subclass."""

    dry_run = serializers.BooleanField(required=False)


class CompanyMergeInput(MergeInput):
    """Companies to merge into this one: `values` are fields of the result, the rest is proposed."""

    others = serializers.ListField(child=ScopedKey(Company), min_length=1, max_length=proposing.MOST - 1)
    owner_of = ScopedKey(Company, required=False)
    values = CompanyInput(required=False, partial=True)


class ContactMergeInput(MergeInput):
    """People to merge into this one: `values` are fields of the result, the rest is proposed."""

    others = serializers.ListField(child=ScopedKey(Contact), min_length=1, max_length=proposing.MOST - 1)
    owner_of = ScopedKey(Contact, required=False)
    values = ContactInput(required=False, partial=True)


class CompanyMerging(Merging):
    """Merging companies."""

    model, merge_input = Company, CompanyMergeInput
    queryset = Company.objects.none()
    serializer_class = MergeAnswer

    @extend_schema(request=CompanyMergeInput, responses=MergeAnswer)
    @action(detail=True, methods=["post"])
    def merging(self, request, pk=None):
        """Merge other companies into this one; with `dry_run` only say what would move."""
        return self.merge(request)

    @extend_schema(request=UnmergeInput, responses=UnmergeAnswer)
    @action(detail=True, methods=["post"])
    def unmerging(self, request, pk=None):
        """Take a merge into this company back."""
        return self.unmerge(request)


class ContactMerging(Merging):
    """Merging people."""

    model, merge_input = Contact, ContactMergeInput
    queryset = Contact.objects.none()
    serializer_class = MergeAnswer
    related = ("owner", "team", "company")

    @extend_schema(request=ContactMergeInput, responses=MergeAnswer)
    @action(detail=True, methods=["post"])
    def merging(self, request, pk=None):
        """Merge other people into this one; with `dry_run` only say what would move."""
        return self.merge(request)

    @extend_schema(request=UnmergeInput, responses=UnmergeAnswer)
    @action(detail=True, methods=["post"])
    def unmerging(self, request, pk=None):
        """Take a merge into this person back."""
        return self.unmerge(request)
