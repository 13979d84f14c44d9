"""Contracts over the API: the same filters, orders, rights and verbs as on the pages."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action

from crm.rest.inputs import AssignmentInput, ReasonInput
from crm.rest.serializers import Answer, Input, PersonRef, ScopedKey
from crm.rest.viewsets import Creates, Deletes, NounViewSet, Updates
from crm.web.amounts import cover
from customers.companies.models import Company
from deals.contracts import services
from deals.contracts.filters import ContractFilters
from deals.contracts.models import Contract
from deals.contracts.tables import TABLE
from deals.opportunities.models import Opportunity


class ContractAnswer(Answer):
    """A contract."""

    owner = PersonRef(read_only=True, allow_null=True)
    masks = {"amount": cover}

    class Meta:
        model = Contract
        fields = [
            "id", "number", "name", "company", "opportunity", "amount", "currency", "starts_on", "ends_on", "payment_terms",
            "signatory", "signed_on", "state", "end_reason", "notes", "external_id", "owner", "team", "created_at",
            "updated_at", "version",
        ]  # fmt: skip
        read_only_fields = fields


class ContractInput(Input):
    """What may be written about a contract; out of an opportunity it takes over company, name and amount."""

    name = serializers.CharField(max_length=200, required=False)
    company = ScopedKey(Company, required=False)
    opportunity = ScopedKey(Opportunity, required=False, allow_null=True)
    amount = serializers.DecimalField(max_digits=18, decimal_places=2, required=False)
    currency = serializers.CharField(max_length=3, required=False)
    starts_on = serializers.DateField(required=False, allow_null=True)
    ends_on = serializers.DateField(required=False, allow_null=True)
    payment_terms = serializers.CharField(max_length=200, required=False, allow_blank=True)
    signatory = serializers.CharField(max_length=80, required=False, allow_blank=True)
    notes = serializers.CharField(required=False, allow_blank=True, max_length=20_000)
    external_id = serializers.CharField(max_length=100, required=False, allow_blank=True)


class SignatureInput(Input):
    """The day on which both sides had signed."""

    signed_on = serializers.DateField()


class ContractViewSet(Creates, Updates, Deletes, NounViewSet):
    """Contracts: what both sides signed."""

    model = Contract
    queryset = Contract.objects.none()
    sorts = TABLE.sorts
    filterset_class = ContractFilters
    serializer_class = ContractAnswer
    input_class = ContractInput
    related = ("owner", "team", "company", "opportunity")

    @extend_schema(request=ContractInput, responses={201: ContractAnswer})
    def create(self, request):
        """Draft a contract."""
        return super().create(request)

    @extend_schema(request=ContractInput)
    def partial_update(self, request, pk=None):
        """Change some fields of a draft; once signed, only its notes."""
        return super().partial_update(request, pk)

    def create_record(self, values, once):
        return services.create(values, by=self.request.user, once=once)

    def update_record(self, record, values, version):
        return services.update(record, values, by=self.request.user, version=version)

    def delete_record(self, record):
        services.delete(record, by=self.request.user)

    @extend_schema(request=SignatureInput, responses=ContractAnswer)
    @action(detail=True, methods=["post"])
    def signature(self, request, pk=None):
        """Both sides have signed."""
        values = self.read(SignatureInput)
        return self.answer(services.sign(self.load("edit"), signed_on=values["signed_on"], by=request.user))

    @extend_schema(request=None, responses=ContractAnswer)
    @action(detail=True, methods=["post"])
    def execution(self, request, pk=None):
        """The contract is being carried out."""
        return self.answer(services.start(self.load("edit"), by=request.user))

    @extend_schema(request=None, responses=ContractAnswer)
    @action(detail=True, methods=["post"])
    def completion(self, request, pk=None):
        """Both sides have done what they signed."""
        return self.answer(services.complete(self.load("edit"), by=request.user))

    @extend_schema(request=ReasonInput, responses=ContractAnswer)
    @action(detail=True, methods=["post"])
    def termination(self, request, pk=None):
        """End the contract before its time."""
        values = self.read(ReasonInput)
        return self.answer(services.terminate(self.load("edit"), reason=values["reason"], by=request.user))

    @extend_schema(request=AssignmentInput, responses=ContractAnswer)
    @action(detail=True, methods=["post"])
    def assignment(self, request, pk=None):
        """Give the contract to another person."""
        values = self.read(AssignmentInput)
        services.assign([self.load("assign")], to=values["owner"], by=request.user, reason=values.get("reason", ""))
        return self.answer(self.load("view"))
