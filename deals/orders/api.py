"""Orders over the API: written with their lines; the same filters, orders, rights and verbs as on the pages."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action

from crm.core.masking import MASKED
from crm.rest.inputs import AssignmentInput, ReasonInput
from crm.rest.serializers import Answer, Input, PersonRef, ScopedKey
from crm.rest.viewsets import Creates, Deletes, NounViewSet, Updates
from crm.web.amounts import COVERED, cover
from customers.companies.models import Company
from deals.contracts.models import Contract
from deals.opportunities.models import Opportunity
from deals.orders import services
from deals.orders.filters import OrderFilters
from deals.orders.models import Order, OrderLine
from deals.orders.tables import TABLE
from deals.products.models import Product

PRICES = ("unit_price", "discount", "amount")


class LineAnswer(serializers.ModelSerializer):
    """One product on an order; the prices of whoever reads amounts covered are covered too, of others hidden."""

    class Meta:
        model = OrderLine
        fields = ["product", "quantity", "unit_price", "discount", "amount"]
        read_only_fields = fields

    def to_representation(self, instance):
        data = super().to_representation(instance)
        rule = self.context["request"].user.field_rule("orders.amount")
        if rule in ("edit", "read"):
            return data
        return data | dict.fromkeys(PRICES, COVERED if rule == MASKED else None)


class OrderAnswer(Answer):
    """An order with its lines."""

    owner = PersonRef(read_only=True, allow_null=True)
    special_price_agreed_by = PersonRef(read_only=True, allow_null=True)
    lines = LineAnswer(many=True, read_only=True)
    masks = {"amount": cover}

    class Meta:
        model = Order
        fields = [
            "id", "number", "company", "contract", "opportunity", "amount", "currency", "lines", "state", "placed_at",
            "marked_special", "is_special_price", "special_price_agreed_by", "cancel_reason", "notes", "external_id",
            "owner", "team", "created_at", "updated_at", "version",
        ]  # fmt: skip
        read_only_fields = fields


class LineInput(Input):
    """One product on an order; without a price it is the list price."""

    product = ScopedKey(Product)
    quantity = serializers.DecimalField(max_digits=14, decimal_places=3, required=False)
    unit_price = serializers.DecimalField(max_digits=18, decimal_places=2, required=False, allow_null=True)
    discount = serializers.DecimalField(max_digits=5, decimal_places=2, required=False)


class OrderInput(Input):
    """What may be written about an order; given lines replace all lines."""

    company = ScopedKey(Company, required=False)
    contract = ScopedKey(Contract, required=False, allow_null=True)
    opportunity = ScopedKey(Opportunity, required=False, allow_null=True)
    currency = serializers.CharField(max_length=3, required=False)
    marked_special = serializers.BooleanField(required=False)
    notes = serializers.CharField(required=False, allow_blank=True, max_length=20_000)
    external_id = serializers.CharField(max_length=100, required=False, allow_blank=True)
    lines = LineInput(many=True, required=False, max_length=500)


class PlacementInput(Input):
    """When the customer ordered; now unless said otherwise."""

    placed_at = serializers.DateTimeField(required=False)


class OrderViewSet(Creates, Updates, Deletes, NounViewSet):
    """Orders: what was sold, line by line."""

    model = Order
    queryset = Order.objects.none()
    sorts = TABLE.sorts
    filterset_class = OrderFilters
    serializer_class = OrderAnswer
    input_class = OrderInput
    related = ("owner", "team", "special_price_agreed_by", "company", "contract", "opportunity")
    prefetch = ("lines",)

    @extend_schema(request=OrderInput, responses={201: OrderAnswer})
    def create(self, request):
        """Draft an order."""
        return super().create(request)

    @extend_schema(request=OrderInput)
    def partial_update(self, request, pk=None):
        """Change some fields or all lines of a draft."""
        return super().partial_update(request, pk)

    def create_record(self, values, once):
        lines = values.pop("lines", None)
        return services.create(values, lines, by=self.request.user, once=once)

    def update_record(self, record, values, version):
        lines = values.pop("lines", None)
        return services.update(record, values, lines, by=self.request.user, version=version)

    def delete_record(self, record):
        services.delete(record, by=self.request.user)

    @extend_schema(request=PlacementInput, responses=OrderAnswer)
    @action(detail=True, methods=["post"])
    def placement(self, request, pk=None):
        """The customer has ordered; the opportunity is won in the same step."""
        values = self.read(PlacementInput)
        return self.answer(services.place(self.load("edit"), by=request.user, at=values.get("placed_at")))

    @extend_schema(request=None, responses=OrderAnswer)
    @action(detail=True, methods=["post"], url_path="special-price")
    def special_price(self, request, pk=None):
        """The team lead agrees to the price."""
        return self.answer(services.agree_special_price(self.load("agree_special_price"), by=request.user))

    @extend_schema(request=ReasonInput, responses=OrderAnswer)
    @action(detail=True, methods=["post"], url_path="special-price/refusal")
    def special_price_refusal(self, request, pk=None):
        """The team lead does not agree to the price, and says why."""
        values = self.read(ReasonInput)
        return self.answer(services.decline_special_price(self.load("agree_special_price"), reason=values["reason"], by=request.user))

    @extend_schema(request=ReasonInput, responses=OrderAnswer)
    @action(detail=True, methods=["post"])
    def cancellation(self, request, pk=None):
        """Call the order off."""
        values = self.read(ReasonInput)
        return self.answer(services.cancel(self.load("edit"), reason=values["reason"], by=request.user))

    @extend_schema(request=AssignmentInput, responses=OrderAnswer)
    @action(detail=True, methods=["post"])
    def assignment(self, request, pk=None):
        """Give the order to another person."""
        values = self.read(AssignmentInput)
        services.assign([self.load("assign")], to=values["owner"], by=request.user, reason=values.get("reason", ""))
        return self.answer(self.load("view"))
