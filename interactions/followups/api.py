"""Follow-ups over the API: the same filters, orders, rights and verbs as on the pages."""

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action

from crm.accounts.models import User
from crm.rest.serializers import Answer, Input, PersonRef
from crm.rest.viewsets import Creates, NounViewSet
from interactions.followups import rest, services
from interactions.followups.filters import FollowUpFilters
from interactions.followups.models import Channel, FollowUp
from interactions.followups.tables import TABLE


class FollowUpAnswer(Answer):
    """A follow-up."""

    owner = PersonRef(read_only=True, allow_null=True)
    about = serializers.SerializerMethodField()

    class Meta:
        model = FollowUp
        fields = [
            "id", "title", "channel", "due_at", "remind_at", "reminded_at", "state", "closed_at", "company", "contact", "about",
            "interaction", "external_id", "owner", "team", "created_at", "updated_at", "version",
        ]  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(rest.AboutRef(allow_null=True))
    def get_about(self, row):
        """The lead or opportunity it is about."""
        return rest.about_of(row)


class FollowUpInput(rest.ConcernsInput):
    """What is needed to plan a follow-up."""

    title = serializers.CharField(max_length=200)
    channel = serializers.ChoiceField(choices=Channel.choices, required=False)
    due_at = serializers.DateTimeField()
    remind_at = serializers.DateTimeField(required=False, allow_null=True)
    owner = serializers.PrimaryKeyRelatedField(queryset=User.objects.filter(is_system=False), required=False)
    external_id = serializers.CharField(max_length=100, required=False, allow_blank=True)


class TimeInput(Input):
    """The new time; the reminder moves along unless it is given."""

    due_at = serializers.DateTimeField()
    remind_at = serializers.DateTimeField(required=False, allow_null=True)


class CancellationInput(Input):
    """Why it is not needed any more."""

    reason = serializers.CharField(max_length=300, required=False, allow_blank=True)


class FollowUpViewSet(Creates, NounViewSet):
    """Follow-ups: what we promised to do next."""

    model = FollowUp
    queryset = FollowUp.objects.none()
    sorts = TABLE.sorts
    filterset_class = FollowUpFilters
    serializer_class = FollowUpAnswer
    input_class = FollowUpInput

    @extend_schema(request=FollowUpInput, responses={201: FollowUpAnswer})
    def create(self, request):
        """Plan a follow-up."""
        return super().create(request)

    def create_record(self, values, once):
        owner = values.pop("owner", None)
        return services.plan(values, by=self.request.user, owner=owner, once=once)

    @extend_schema(request=None, responses=FollowUpAnswer)
    @action(detail=True, methods=["post"])
    def completion(self, request, pk=None):
        """It is done."""
        return self.answer(services.complete(self.load("edit"), by=request.user))

    @extend_schema(request=TimeInput, responses=FollowUpAnswer)
    @action(detail=True, methods=["post"])
    def time(self, request, pk=None):
        """Do it at another time."""
        given = dict(self.read(TimeInput))
        return self.answer(services.reschedule(self.load("edit"), given.pop("due_at"), by=request.user, **given))

    @extend_schema(request=CancellationInput, responses=FollowUpAnswer)
    @action(detail=True, methods=["post"])
    def cancellation(self, request, pk=None):
        """It is not needed any more."""
        reason = self.read(CancellationInput).get("reason", "")
        return self.answer(services.cancel(self.load("edit"), by=request.user, reason=reason))
