"""Opportunities over the API: the same filters, orders, rights and verbs as on the pages."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action

from crm.rest.inputs import AssignmentInput
from crm.rest.serializers import Answer, Input, PersonRef, ScopedKey
from crm.rest.viewsets import Creates, Deletes, NounViewSet, Updates
from crm.web.amounts import cover
from customers.companies.models import Company
from customers.contacts.models import Contact
from deals.opportunities import services
from deals.opportunities.filters import OpportunityFilters
from deals.opportunities.models import LostReason, Opportunity, Stage
from deals.opportunities.tables import TABLE
from deals.products.models import Product


class OpportunityAnswer(Answer):
    """An opportunity."""

    owner = PersonRef(read_only=True, allow_null=True)
    stage = serializers.SlugRelatedField(slug_field="code", read_only=True, allow_null=True)
    lost_reason = serializers.SerializerMethodField()
    masks = {"amount": cover}

    class Meta:
        model = Opportunity
        fields = [
            "id", "name", "company", "contact", "lead", "product", "source", "need", "decision_path", "demo_note", "quote_note",
            "test_result", "amount", "currency", "expected_close", "pushed", "stage", "state", "stage_since", "opened_at",
            "closed_at", "lost_reason", "competitor", "lost_note", "external_id", "owner", "team", "created_at", "updated_at", "version",
        ]  # fmt: skip
        read_only_fields = fields

    def get_lost_reason(self, record) -> str | None:
        """The code of the reason, once the sale was lost for one."""
        return record.lost_reason.code if record.lost_reason_id else None


class OpportunityChange(Input):
    """What may be written about an opportunity that exists."""

    name = serializers.CharField(max_length=200, required=False)
    contact = ScopedKey(Contact, required=False, allow_null=True)
    product = ScopedKey(Product, required=False, allow_null=True)
    source = serializers.CharField(max_length=80, required=False, allow_blank=True)
    need = serializers.CharField(required=False, allow_blank=True, max_length=20_000)
    decision_path = serializers.CharField(required=False, allow_blank=True, max_length=20_000)
    demo_note = serializers.CharField(required=False, allow_blank=True, max_length=20_000)
    quote_note = serializers.CharField(required=False, allow_blank=True, max_length=20_000)
    test_result = serializers.CharField(required=False, allow_blank=True, max_length=20_000)
    amount = serializers.DecimalField(max_digits=18, decimal_places=2, required=False, allow_null=True)
    currency = serializers.CharField(max_length=3, required=False)
    expected_close = serializers.DateField(required=False, allow_null=True)
    external_id = serializers.CharField(max_length=100, required=False, allow_blank=True)


class OpportunityInput(OpportunityChange):
    """What is needed to open an opportunity."""

    name = serializers.CharField(max_length=200)
    company = ScopedKey(Company)


class MoveInput(Input):
    """Where it goes, and what that asks."""

    stage = serializers.SlugRelatedField(slug_field="code", queryset=Stage.objects.all())
    amount = serializers.DecimalField(max_digits=18, decimal_places=2, required=False)
    expected_close = serializers.DateField(required=False)
    need = serializers.CharField(required=False, max_length=20_000)
    industry = serializers.CharField(required=False, max_length=80)
    demo_note = serializers.CharField(required=False, max_length=20_000)
    quote_note = serializers.CharField(required=False, max_length=20_000)
    decision_path = serializers.CharField(required=False, max_length=20_000)
    test_result = serializers.CharField(required=False, max_length=20_000)
    override_reason = serializers.CharField(required=False, allow_blank=True, max_length=300)


class LossInput(Input):
    """Why it was lost."""

    reason = serializers.SlugRelatedField(slug_field="code", queryset=LostReason.objects.all())
    competitor = serializers.CharField(max_length=120)
    note = serializers.CharField(max_length=20_000)


class OpportunityReasonInput(Input):
    """Why."""

    reason = serializers.CharField(max_length=300)


class OpportunityViewSet(Creates, Updates, Deletes, NounViewSet):
    """Opportunities: chances to sell, on their way through the stages."""

    model = Opportunity
    queryset = Opportunity.objects.none()
    sorts = TABLE.sorts
    related = ("owner", "team", "company", "stage", "lost_reason")
    filterset_class = OpportunityFilters
    serializer_class = OpportunityAnswer
    input_class = OpportunityInput

    @extend_schema(request=OpportunityInput, responses={201: OpportunityAnswer})
    def create(self, request):
        """Open an opportunity in the first stage."""
        return super().create(request)

    @extend_schema(request=OpportunityChange)
    def partial_update(self, request, pk=None):
        """Change some fields of an opportunity."""
        record = self.load("edit")
        return self.answer(services.update(record, dict(self.read(OpportunityChange)), by=request.user, version=self.version()))

    def create_record(self, values, once):
        return services.create(values, by=self.request.user, once=once)

    def delete_record(self, record):
        services.delete(record, by=self.request.user)

    @extend_schema(request=MoveInput, responses=OpportunityAnswer)
    @action(detail=True, methods=["post"], url_path="stage")
    def move(self, request, pk=None):
        """Move to another stage, with what that asks."""
        given = dict(self.read(MoveInput))
        record = services.move(
            self.load("edit"), given.pop("stage"), by=request.user, amount=given.pop("amount", None), version=self.version(),
            expected_close=given.pop("expected_close", None), override_reason=given.pop("override_reason", ""), values=given,
        )  # fmt: skip
        return self.answer(record)

    @extend_schema(request=LossInput, responses=OpportunityAnswer)
    @action(detail=True, methods=["post"])
    def loss(self, request, pk=None):
        """The sale is lost."""
        given = self.read(LossInput)
        return self.answer(services.lose(self.load("edit"), by=request.user, **given))

    @extend_schema(request=OpportunityReasonInput, responses=OpportunityAnswer)
    @action(detail=True, methods=["post"])
    def voiding(self, request, pk=None):
        """It never was a chance to sell."""
        return self.answer(services.void(self.load("edit"), reason=self.read(OpportunityReasonInput)["reason"], by=request.user))

    @extend_schema(request=OpportunityReasonInput, responses=OpportunityAnswer)
    @action(detail=True, methods=["post"])
    def reopening(self, request, pk=None):
        """A closed sale is alive again."""
        return self.answer(services.reopen(self.load("edit"), reason=self.read(OpportunityReasonInput)["reason"], by=request.user))

    @extend_schema(request=AssignmentInput, responses=OpportunityAnswer)
    @action(detail=True, methods=["post"])
    def assignment(self, request, pk=None):
        """Give the opportunity to another person."""
        values = self.read(AssignmentInput)
        services.assign([self.load("assign")], to=values["owner"], by=request.user, reason=values.get("reason", ""))
        return self.answer(self.load("view"))
