"""Companies over the API: the same filters, orders, rights and verbs as on the pages."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action

from crm.core.masking import mask_text
from crm.core.phones import mask
from crm.rest.inputs import AssignmentInput
from crm.rest.serializers import Answer, Input, PersonRef, ScopedKey
from crm.rest.viewsets import Creates, Deletes, NounViewSet, Updates
from customers.companies import services
from customers.companies.filters import CompanyFilters
from customers.companies.models import Company
from customers.companies.tables import TABLE
from customers.matching.api import sure_field


class CompanyAnswer(Answer):
    """A company."""

    owner = PersonRef(read_only=True, allow_null=True)
    masks = {"phone": mask, "credit_code": mask_text}

    class Meta:
        model = Company
        fields = [
            "id",
            "name",
            "short_name",
            "credit_code",
            "parent",
            "industry",
            "size",
            "employees",
            "revenue",
            "established",
            "region",
            "address",
            "website",
            "phone",
            "source",
            "grade",
            "tags",
            "notes",
            "external_id",
            "step",
            "potential_at",
            "opportunity_at",
            "signed_at",
            "paid_at",
            "last_contact_at",
            "next_step_at",
            "next_step",
            "completeness",
            "owner",
            "team",
            "pool",
            "created_at",
            "updated_at",
            "version",
        ]
        read_only_fields = fields


class CompanyInput(Input):
    """What may be written about a company."""

    name = serializers.CharField(max_length=200)
    short_name = serializers.CharField(max_length=80, required=False, allow_blank=True)
    credit_code = serializers.CharField(max_length=40, required=False, allow_blank=True)
    parent = ScopedKey(Company, required=False, allow_null=True)
    industry = serializers.CharField(max_length=80, required=False, allow_blank=True)
    size = serializers.CharField(max_length=80, required=False, allow_blank=True)
    employees = serializers.IntegerField(required=False, allow_null=True, min_value=0, max_value=2_000_000_000)
    revenue = serializers.DecimalField(max_digits=18, decimal_places=2, required=False, allow_null=True)
    established = serializers.IntegerField(required=False, allow_null=True, min_value=0, max_value=9999)
    region = serializers.CharField(max_length=80, required=False, allow_blank=True)
    address = serializers.CharField(max_length=300, required=False, allow_blank=True)
    website = serializers.CharField(max_length=200, required=False, allow_blank=True)
    phone = serializers.CharField(max_length=60, required=False, allow_blank=True)
    source = serializers.CharField(max_length=80, required=False, allow_blank=True)
    grade = serializers.CharField(max_length=1, required=False, allow_blank=True)
    tags = serializers.ListField(child=serializers.CharField(max_length=40), required=False, max_length=50)
    notes = serializers.CharField(required=False, allow_blank=True, max_length=20_000)
    external_id = serializers.CharField(max_length=100, required=False, allow_blank=True)
    even_if_known = sure_field()


class CompanyViewSet(Creates, Updates, Deletes, NounViewSet):
    """Companies: customers and customers to be."""

    model = Company
    queryset = Company.objects.none()
    sorts = TABLE.sorts
    filterset_class = CompanyFilters
    serializer_class = CompanyAnswer
    input_class = CompanyInput

    @extend_schema(request=CompanyInput, responses={201: CompanyAnswer})
    def create(self, request):
        """Add a company."""
        return super().create(request)

    @extend_schema(request=CompanyInput)
    def partial_update(self, request, pk=None):
        """Change some fields of a company."""
        return super().partial_update(request, pk)

    def create_record(self, values, once):
        sure = values.pop("even_if_known", False)
        return services.create(values, by=self.request.user, once=once, even_if_known=sure)

    def update_record(self, record, values, version):
        sure = values.pop("even_if_known", False)
        return services.update(record, values, by=self.request.user, version=version, even_if_known=sure)

    def delete_record(self, record):
        services.delete(record, by=self.request.user)

    @extend_schema(request=AssignmentInput, responses=CompanyAnswer)
    @action(detail=True, methods=["post"])
    def assignment(self, request, pk=None):
        """Give the company to another person."""
        values = self.read(AssignmentInput)
        record = self.load("assign")
        services.assign([record], to=values["owner"], by=request.user, reason=values.get("reason", ""))
        return self.answer(self.load("view"))
