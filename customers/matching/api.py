"""What the inputs of the API share that may meet a duplicate, and asking to see a record of which one only learns that it exists."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from crm.rest.serializers import Input, PersonRef
from crm.rest.strict import Strict
from crm.rest.viewsets import NounViewSet
from customers.matching import services
from customers.matching.models import AccessRequest
from customers.matching.subjects import subjects


def sure_field():
    """The field by which a caller says that he has compared what the house knows already."""
    return serializers.BooleanField(required=False, help_text=_("Save it although it may exist already; what a rule blocks stays refused."))


class MatchTicketInput(Input):
    """The `ticket` of a match in the answer to somebody who brought what is there already."""

    ticket = serializers.CharField(max_length=500)


class AccessAnswer(serializers.ModelSerializer):
    """Who asked to see a record, and whether it was granted; `record` is its id for whoever sees it."""

    asked_by = PersonRef(read_only=True)
    granted_by = PersonRef(read_only=True, allow_null=True)
    record = serializers.SerializerMethodField()

    class Meta:
        model = AccessRequest
        fields = ["id", "noun", "record", "asked_by", "asked_at", "granted_by", "granted_at"]
        read_only_fields = fields

    def get_record(self, asked) -> int | None:
        """The id, where it is no secret."""
        sees = services.sees(asked.noun, asked.object_id, self.context["request"].user)
        return asked.object_id if sees else None


class AccessViewSet(Strict, viewsets.GenericViewSet):
    """Asking for access to records that one met as duplicates: subclass with `noun`."""

    noun = ""
    queryset = AccessRequest.objects.none()
    serializer_class = AccessAnswer
    lookup_value_regex = NounViewSet.lookup_value_regex

    @extend_schema(request=MatchTicketInput, responses=AccessAnswer)
    def create(self, request):
        """Ask whoever looks after the record; asked twice, it is one request."""
        return self.answer(services.ask_for_access(self.read(MatchTicketInput)["ticket"], by=request.user, noun=self.noun))

    @extend_schema(responses=AccessAnswer)
    def retrieve(self, request, pk=None):
        """One request, for whoever asked and whoever can grant it."""
        asked, record = self.load()
        if asked.asked_by_id != request.user.pk:
            self.require_keeper(asked, record)
        return self.answer(asked)

    @extend_schema(request=None, responses=AccessAnswer)
    @action(detail=True, methods=["post"])
    def granting(self, request, pk=None):
        """Let the person who asked see the record."""
        asked, record = self.load()
        self.require_keeper(asked, record)
        return self.answer(services.grant_access(asked, by=request.user))

    def load(self):
        """The request of the URL and the live record it is about."""
        asked = AccessRequest.objects.filter(noun=self.noun, pk=int(self.kwargs["pk"])).select_related("asked_by", "granted_by").first()
        record = asked and services.record_of(asked)
        if record is None:
            raise Http404
        return asked, record

    def require_keeper(self, asked, record):
        """404 for those who do not see the record, 403 for those who only see it."""
        if not subjects[self.noun].model.objects.visible_to(self.request.user).filter(pk=record.pk).exists():
            raise Http404
        if not services.may_grant(asked, record, self.request.user):
            raise PermissionDenied

    def answer(self, asked):
        """The request as this person may know it."""
        return Response(self.get_serializer(asked).data)


class CompanyAccess(AccessViewSet):
    """Asking for access to companies."""

    noun = "companies"


class ContactAccess(AccessViewSet):
    """Asking for access to people."""

    noun = "contacts"
