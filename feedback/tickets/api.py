"""Feedback over the API: the same filters, orders, rights and verbs as on the pages."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action

from crm.rest.inputs import AssignmentInput, ReasonInput
from crm.rest.serializers import Answer, Input, PersonRef, ScopedKey
from crm.rest.viewsets import Creates, Deletes, NounViewSet, Updates
from customers.companies.models import Company
from customers.contacts.models import Contact
from deals.products.models import Product
from feedback.tickets import services
from feedback.tickets.filters import TicketFilters
from feedback.tickets.models import Ticket
from feedback.tickets.tables import TABLE


class TicketAnswer(Answer):
    """A piece of feedback."""

    owner = PersonRef(read_only=True, allow_null=True)

    class Meta:
        model = Ticket
        fields = [
            "id", "number", "name", "company", "contact", "product", "category", "tags", "content", "channel", "priority",
            "state", "received_at", "due_at", "first_response_at", "resolved_at", "resolution", "satisfaction",
            "external_id", "owner", "team", "created_at", "updated_at", "version",
        ]  # fmt: skip
        read_only_fields = fields


class TicketInput(Input):
    """What may be written about feedback; who gets it and by when follow by themselves."""

    name = serializers.CharField(max_length=200, required=False, allow_blank=True)
    company = ScopedKey(Company, required=False, allow_null=True)
    contact = ScopedKey(Contact, required=False, allow_null=True)
    product = ScopedKey(Product, required=False, allow_null=True)
    category = serializers.CharField(max_length=12)
    tags = serializers.ListField(child=serializers.CharField(max_length=40), required=False, max_length=50)
    content = serializers.CharField(max_length=20_000)
    channel = serializers.CharField(max_length=10, required=False)
    priority = serializers.CharField(max_length=2, required=False)
    received_at = serializers.DateTimeField(required=False)
    due_at = serializers.DateTimeField(required=False, allow_null=True)
    external_id = serializers.CharField(max_length=100, required=False, allow_blank=True)


class ResolutionInput(Input):
    """What was done."""

    resolution = serializers.CharField(max_length=5000)


class ClosureInput(Input):
    """How satisfied the customer is, from 1 to 5, where it was asked."""

    satisfaction = serializers.IntegerField(required=False, allow_null=True)


class TicketViewSet(Creates, Updates, Deletes, NounViewSet):
    """Feedback: what customers tell us, who answers, and by when."""

    model = Ticket
    queryset = Ticket.objects.none()
    sorts = TABLE.sorts
    filterset_class = TicketFilters
    serializer_class = TicketAnswer
    input_class = TicketInput
    related = ("owner", "team", "company", "contact", "product")

    @extend_schema(request=TicketInput, responses={201: TicketAnswer})
    def create(self, request):
        """Take in feedback."""
        return super().create(request)

    @extend_schema(request=TicketInput)
    def partial_update(self, request, pk=None):
        """Change some fields of open feedback."""
        return super().partial_update(request, pk)

    def create_record(self, values, once):
        return services.create(values, by=self.request.user, once=once)

    def update_record(self, record, values, version):
        return services.update(record, values, by=self.request.user, version=version)

    def delete_record(self, record):
        services.delete(record, by=self.request.user)

    @extend_schema(request=None, responses=TicketAnswer)
    @action(detail=True, methods=["post"])
    def response(self, request, pk=None):
        """The customer has had an answer."""
        return self.answer(services.respond(self.load("edit"), by=request.user))

    @extend_schema(request=None, responses=TicketAnswer)
    @action(detail=True, methods=["post"])
    def waiting(self, request, pk=None):
        """It is the customer's turn."""
        return self.answer(services.wait(self.load("edit"), by=request.user))

    @extend_schema(request=None, responses=TicketAnswer)
    @action(detail=True, methods=["post"])
    def resumption(self, request, pk=None):
        """It is our turn again."""
        return self.answer(services.resume(self.load("edit"), by=request.user))

    @extend_schema(request=ResolutionInput, responses=TicketAnswer)
    @action(detail=True, methods=["post"])
    def resolution(self, request, pk=None):
        """Say what was done about it."""
        values = self.read(ResolutionInput)
        return self.answer(services.resolve(self.load("edit"), resolution=values["resolution"], by=request.user))

    @extend_schema(request=ClosureInput, responses=TicketAnswer)
    @action(detail=True, methods=["post"])
    def closure(self, request, pk=None):
        """The customer agrees that it is solved."""
        values = self.read(ClosureInput)
        return self.answer(services.close(self.load("edit"), satisfaction=values.get("satisfaction"), by=request.user))

    @extend_schema(request=ReasonInput, responses=TicketAnswer)
    @action(detail=True, methods=["post"])
    def reopening(self, request, pk=None):
        """It was not solved after all."""
        values = self.read(ReasonInput)
        return self.answer(services.reopen(self.load("edit"), reason=values["reason"], by=request.user))

    @extend_schema(request=AssignmentInput, responses=TicketAnswer)
    @action(detail=True, methods=["post"])
    def assignment(self, request, pk=None):
        """Give the feedback to another person."""
        values = self.read(AssignmentInput)
        services.assign([self.load("assign")], to=values["owner"], by=request.user, reason=values.get("reason", ""))
        return self.answer(self.load("view"))
