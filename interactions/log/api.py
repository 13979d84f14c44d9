"""Interactions over the API: the same filters, orders, rights and verbs as on the pages."""

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers

from crm.rest.serializers import Answer, Input, PersonRef
from crm.rest.viewsets import Creates, Deletes, NounViewSet
from interactions.followups import rest
from interactions.followups.models import Channel
from interactions.log import services
from interactions.log.filters import InteractionFilters
from interactions.log.models import Interaction, Outcome
from interactions.log.tables import TABLE


class InteractionAnswer(Answer):
    """An interaction."""

    owner = PersonRef(read_only=True, allow_null=True)
    about = serializers.SerializerMethodField()

    class Meta:
        model = Interaction
        fields = [
            "id", "company", "contact", "about", "channel", "is_inbound", "at", "minutes", "subject", "key_points", "question", "answer",
            "outcome", "satisfaction", "next_step", "external_id", "owner", "team", "created_at", "updated_at", "version",
        ]  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(rest.AboutRef(allow_null=True))
    def get_about(self, row):
        """The lead or opportunity it is about."""
        return rest.about_of(row)


class InteractionChange(Input):
    """What may be corrected; whom it concerned stays."""

    channel = serializers.ChoiceField(choices=Channel.choices, required=False)
    is_inbound = serializers.BooleanField(required=False)
    at = serializers.DateTimeField(required=False)
    minutes = serializers.IntegerField(required=False, allow_null=True)
    subject = serializers.CharField(max_length=200, required=False, allow_blank=True)
    key_points = serializers.CharField(max_length=20_000, required=False, allow_blank=True)
    question = serializers.CharField(max_length=20_000, required=False, allow_blank=True)
    answer = serializers.CharField(max_length=20_000, required=False, allow_blank=True)
    outcome = serializers.ChoiceField(choices=Outcome.choices, required=False, allow_blank=True)
    satisfaction = serializers.IntegerField(required=False, allow_null=True)
    next_step = serializers.CharField(max_length=200, required=False, allow_blank=True)
    external_id = serializers.CharField(max_length=100, required=False, allow_blank=True)


class InteractionInput(rest.ConcernsInput, InteractionChange):
    """What is needed to log an interaction; with `next_step_at` the next step is planned as well."""

    channel = serializers.ChoiceField(choices=Channel.choices)
    next_step_at = serializers.DateTimeField(required=False, allow_null=True)


class InteractionViewSet(Creates, Deletes, NounViewSet):
    """Interactions: what was said with customers."""

    model = Interaction
    queryset = Interaction.objects.none()
    sorts = TABLE.sorts
    filterset_class = InteractionFilters
    serializer_class = InteractionAnswer
    input_class = InteractionInput

    @extend_schema(request=InteractionInput, responses={201: InteractionAnswer})
    def create(self, request):
        """Log an interaction."""
        return super().create(request)

    @extend_schema(request=InteractionChange)
    def partial_update(self, request, pk=None):
        """Correct an interaction."""
        record = self.load("edit")
        return self.answer(services.update(record, dict(self.read(InteractionChange)), by=request.user, version=self.version()))

    def create_record(self, values, once):
        return services.log(values, by=self.request.user, once=once)

    def delete_record(self, record):
        services.delete(record, by=self.request.user)
