"""Money over the API: payments and plans, with the filters, orders, rights and verbs of the pages."""

from django.http import Http404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from crm.core.masking import mask_text
from crm.rest.serializers import Answer, Input, PersonRef, ScopedKey
from crm.rest.strict import Strict
from crm.rest.viewsets import ONCE, Creates, NounViewSet
from crm.web.amounts import COVERED, cover, readable
from deals.orders.models import Order
from deals.payments import allocation, planning, services
from deals.payments.filters import InstalmentFilters, PaymentFilters
from deals.payments.models import Instalment, Payment
from deals.payments.plans import MOST_PARTS, equal_parts
from deals.payments.tables import INSTALMENTS, PAYMENTS


class SettledAnswer(serializers.Serializer):
    """Which instalment a payment settles, and by how much."""

    instalment = serializers.IntegerField()
    amount = serializers.CharField()


class PaymentAnswer(Answer):
    """A movement of money: positive when it came in, negative when it went back."""

    owner = PersonRef(read_only=True, allow_null=True)
    masks = {"amount": cover, "payer": mask_text}

    class Meta:
        model = Payment
        fields = [
            "id", "number", "company", "order", "kind", "amount", "currency", "received_on", "method", "payer", "reference",
            "notes", "reverses", "external_id", "owner", "team", "created_at", "updated_at", "version",
        ]  # fmt: skip
        read_only_fields = fields


class PaymentDetailAnswer(PaymentAnswer):
    """One movement of money with what it settles."""

    settles = serializers.SerializerMethodField()

    class Meta(PaymentAnswer.Meta):
        fields = [*PaymentAnswer.Meta.fields, "settles"]
        read_only_fields = fields

    @extend_schema_field(SettledAnswer(many=True))
    def get_settles(self, payment):
        """The instalments that this payment settles, its refunds taken off."""
        whole = readable(self.context["request"].user, "payments.amount")
        return [{"instalment": row.pk, "amount": str(amount) if whole else COVERED} for row, amount in allocation.allocated(payment).items()]


class InstalmentAnswer(Answer):
    """A part of an order's payment plan."""

    owner = PersonRef(read_only=True, allow_null=True)
    masks = {"amount": cover}

    class Meta:
        model = Instalment
        fields = ["id", "company", "order", "position", "due_on", "amount", "owner", "team", "created_at", "updated_at", "version"]
        read_only_fields = fields


class PaymentInput(Input):
    """Money that came in for an order."""

    order = ScopedKey(Order)
    amount = serializers.DecimalField(max_digits=18, decimal_places=2)
    received_on = serializers.DateField()
    method = serializers.CharField(max_length=10, required=False)
    payer = serializers.CharField(max_length=200, required=False, allow_blank=True)
    reference = serializers.CharField(max_length=120, required=False, allow_blank=True)
    notes = serializers.CharField(required=False, allow_blank=True, max_length=20_000)
    external_id = serializers.CharField(max_length=100, required=False, allow_blank=True)


class BackInput(Input):
    """How much goes back or is given up, when and why."""

    amount = serializers.DecimalField(max_digits=18, decimal_places=2)
    reason = serializers.CharField(max_length=1000)
    on = serializers.DateField(required=False, allow_null=True)


class PartInput(Input):
    """One instalment."""

    due_on = serializers.DateField()
    amount = serializers.DecimalField(max_digits=18, decimal_places=2)


class PlanInput(Input):
    """The whole plan: its parts, or into how many equal ones to cut what is left to plan, from which day, how far apart."""

    parts = PartInput(many=True, required=False, max_length=MOST_PARTS)
    equal = serializers.IntegerField(required=False, min_value=1, max_value=MOST_PARTS)
    first = serializers.DateField(required=False)
    months = serializers.IntegerField(required=False, min_value=0, max_value=120, default=1)

    def validate(self, attrs):
        if ("parts" in attrs) == ("equal" in attrs):
            raise serializers.ValidationError({"parts": [_("Give either the parts, or into how many equal ones to cut.")]})
        if "equal" in attrs and "first" not in attrs:
            raise serializers.ValidationError({"first": [_("This is required.")]})
        return attrs


class SettleInput(Input):
    """Which instalment is settled, and by how much."""

    instalment = serializers.IntegerField(min_value=1)
    amount = serializers.DecimalField(max_digits=18, decimal_places=2)


class AllocationInput(Input):
    """What the payment settles from now on; a rest stays as credit."""

    settles = SettleInput(many=True, max_length=MOST_PARTS)


class PaymentViewSet(Creates, NounViewSet):
    """Payments: money that came in, went back or was given up. Nothing is ever changed or deleted here."""

    model = Payment
    queryset = Payment.objects.none()
    sorts = PAYMENTS.sorts
    filterset_class = PaymentFilters
    serializer_class = PaymentAnswer
    input_class = PaymentInput
    related = ("owner", "team", "order", "company")

    def get_serializer_class(self):
        return PaymentAnswer if self.action == "list" else PaymentDetailAnswer

    @extend_schema(request=PaymentInput, responses={201: PaymentDetailAnswer})
    def create(self, request):
        """Receive a payment."""
        return super().create(request)

    def create_record(self, values, once):
        return services.receive(values.pop("order"), values, by=self.request.user, once=once)

    @extend_schema(request=BackInput, responses={201: PaymentDetailAnswer}, parameters=[ONCE])
    @action(detail=True, methods=["post"])
    def refund(self, request, pk=None):
        """Give back a receipt or a part of it."""
        return self._back(services.refund, self.load("refund"))

    @extend_schema(request=BackInput, responses={201: PaymentDetailAnswer}, parameters=[ONCE])
    @action(detail=True, methods=["post"])
    def recovery(self, request, pk=None):
        """Take back a bad debt or a part of it."""
        return self._back(services.recover, self.load("write_off"))

    @extend_schema(request=AllocationInput, responses=PaymentDetailAnswer)
    @action(detail=True, methods=["post"])
    def allocation(self, request, pk=None):
        """Say which instalments the payment settles."""
        payment = self.load("edit")
        rows = Instalment.objects.filter(order=payment.order_id).in_bulk()
        wanted = self.read(AllocationInput)["settles"]
        if any(part["instalment"] not in rows for part in wanted):
            raise Http404
        onto = [(rows[part["instalment"]], part["amount"]) for part in wanted]
        return self.answer(services.allocate(payment, onto, by=request.user))

    def _back(self, verb, payment):
        values = self.read(BackInput)
        made = verb(payment, values["amount"], reason=values["reason"], on=values.get("on"), by=self.request.user, once=self.once())
        return self.answer(made, status.HTTP_201_CREATED)


class InstalmentViewSet(NounViewSet):
    """Instalments: what is due when. They are written as the plan of an order."""

    model = Instalment
    queryset = Instalment.objects.none()
    sorts = INSTALMENTS.sorts
    filterset_class = InstalmentFilters
    serializer_class = InstalmentAnswer
    related = ("owner", "team")


class OrderMoney(Strict, GenericViewSet):
    """What is done about the money of one order."""

    noun = "payments"
    queryset = Order.objects.none()
    pagination_class = None
    filter_backends = ()

    def order(self):
        """The order of the address; outside the scope it does not exist."""
        found = Order.objects.visible_to(self.request.user).filter(pk=int(self.kwargs["order"])).first()
        if found is None:
            raise Http404
        return found


class PlanViewSet(OrderMoney):
    """The payment plan of an order."""

    noun = "instalments"
    serializer_class = InstalmentAnswer

    @extend_schema(responses=InstalmentAnswer(many=True))
    def list(self, request, order=None):
        """The instalments of the order."""
        rows = Instalment.objects.visible_to(request.user).filter(order=self.order()).select_related("owner").due_first()
        return Response(self.get_serializer(rows, many=True).data)

    @extend_schema(request=PlanInput, responses={200: InstalmentAnswer(many=True)})
    def create(self, request, order=None):
        """Plan what is not settled yet; an equal plan changes nothing."""
        found, values = self.order(), self.read(PlanInput)
        rows = planning.plan(found, self._pairs(found, values), by=request.user)
        return Response(self.get_serializer(rows, many=True).data)

    def _pairs(self, order, values):
        if "parts" in values:
            return [(part["due_on"], part["amount"]) for part in values["parts"]]
        return equal_parts(planning.unsettled(order), values["equal"], first=values["first"], months=values["months"])


class WriteOffViewSet(OrderMoney):
    """Bad debts of an order."""

    serializer_class = PaymentDetailAnswer

    @extend_schema(request=BackInput, responses={201: PaymentDetailAnswer}, parameters=[ONCE])
    def create(self, request, order=None):
        """Give up a part of what is outstanding."""
        found, values = self.order(), self.read(BackInput)
        key = request.headers.get("Idempotency-Key", "")[:70]
        made = services.write_off(found, values["amount"], reason=values["reason"], on=values.get("on"), by=request.user, once=f"api:{key}" if key else "")
        return Response(self.get_serializer(made).data, status=status.HTTP_201_CREATED)
