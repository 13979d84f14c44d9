"""Products over the API: the same filters, orders, rights and verbs as on the pages."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action

from crm.rest.serializers import Answer, Input
from crm.rest.viewsets import Creates, NounViewSet, Updates
from crm.web.amounts import cover
from deals.products import services
from deals.products.filters import ProductFilters
from deals.products.models import Product
from deals.products.tables import TABLE


class ProductAnswer(Answer):
    """A product."""

    category = serializers.CharField(source="category.name", default="", read_only=True)
    masks = {"floor_price": cover}

    class Meta:
        model = Product
        fields = [
            "id", "name", "code", "category", "unit", "list_price", "floor_price", "tax_rate", "is_active",
            "external_id", "created_at", "updated_at", "version",
        ]  # fmt: skip
        read_only_fields = fields


class ProductInput(Input):
    """What may be written about a product; `category` is a name, and a new one makes a new category."""

    name = serializers.CharField(max_length=200)
    code = serializers.CharField(max_length=60)
    category = serializers.CharField(max_length=80, required=False, allow_blank=True)
    unit = serializers.CharField(max_length=20, required=False, allow_blank=True)
    list_price = serializers.DecimalField(max_digits=18, decimal_places=2, required=False)
    floor_price = serializers.DecimalField(max_digits=18, decimal_places=2, required=False, allow_null=True)
    tax_rate = serializers.DecimalField(max_digits=5, decimal_places=2, required=False)
    external_id = serializers.CharField(max_length=100, required=False, allow_blank=True)


class ProductViewSet(Creates, Updates, NounViewSet):
    """Products: what we sell, at which price."""

    model = Product
    queryset = Product.objects.none()
    sorts = TABLE.sorts
    filterset_class = ProductFilters
    serializer_class = ProductAnswer
    input_class = ProductInput
    related = ("category",)

    @extend_schema(request=ProductInput, responses={201: ProductAnswer})
    def create(self, request):
        """Add a product."""
        return super().create(request)

    @extend_schema(request=ProductInput)
    def partial_update(self, request, pk=None):
        """Change some fields of a product."""
        return super().partial_update(request, pk)

    def create_record(self, values, once):
        return services.create(values, by=self.request.user, once=once)

    def update_record(self, record, values, version):
        return services.update(record, values, by=self.request.user, version=version)

    @extend_schema(request=None, responses=ProductAnswer)
    @action(detail=True, methods=["post"])
    def retirement(self, request, pk=None):
        """Take the product off the market."""
        return self.answer(services.retire(self.load("edit"), by=request.user))

    @extend_schema(request=None, responses=ProductAnswer)
    @action(detail=True, methods=["post"])
    def offer(self, request, pk=None):
        """Put the product back on sale."""
        return self.answer(services.offer(self.load("edit"), by=request.user))
