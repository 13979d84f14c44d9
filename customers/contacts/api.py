"""Contacts over the API: the same filters, orders, rights and verbs as on the pages; their points are read and written with them."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action

from crm.rest.inputs import AssignmentInput
from crm.rest.serializers import Answer, Input, PersonRef, ScopedKey
from crm.rest.viewsets import Creates, Deletes, NounViewSet, Updates
from customers.companies.models import Company
from customers.contacts import services
from customers.contacts.filters import ContactFilters
from customers.contacts.models import Contact, ContactPoint
from customers.contacts.tables import TABLE
from customers.contacts.ways import ways_of
from customers.matching.api import sure_field


class PointAnswer(serializers.ModelSerializer):
    """One way to reach a person."""

    is_masked = serializers.BooleanField(read_only=True)

    class Meta:
        model = ContactPoint
        fields = ["id", "kind", "value", "label", "is_primary", "state", "verified_at", "is_masked"]
        read_only_fields = fields


class ContactAnswer(Answer):
    """A person."""

    owner = PersonRef(read_only=True, allow_null=True)
    points = serializers.SerializerMethodField()

    class Meta:
        model = Contact
        fields = [
            "id",
            "name",
            "company",
            "position",
            "department",
            "decision_role",
            "gender",
            "birthday",
            "region",
            "source",
            "interests",
            "tags",
            "notes",
            "has_left",
            "external_id",
            "points",
            "last_contact_at",
            "completeness",
            "owner",
            "team",
            "created_at",
            "updated_at",
            "version",
        ]
        read_only_fields = fields

    @extend_schema_field(PointAnswer(many=True))
    def get_points(self, contact):
        """The points as this reader may see them; hidden ones are left out."""
        return [_point(way) for way in ways_of(contact.points.all(), self.context["request"].user)]


def _point(way):
    point = way.point
    return {
        "id": point.pk,
        "kind": point.kind,
        "value": way.text if way.is_masked else point.value,
        "label": point.label,
        "is_primary": point.is_primary,
        "state": point.state,
        "verified_at": point.verified_at,
        "is_masked": way.is_masked,
    }


class PointInput(Input):
    """One way to reach a person, as it is written."""

    kind = serializers.ChoiceField(choices=ContactPoint.Kind.choices)
    value = serializers.CharField(max_length=200)
    label = serializers.CharField(max_length=40, required=False, allow_blank=True)
    is_primary = serializers.BooleanField(required=False)


class ContactInput(Input):
    """What may be written about a person; `points` is the whole list, the short names change the main one of a kind."""

    name = serializers.CharField(max_length=200)
    company = ScopedKey(Company, required=False, allow_null=True)
    position = serializers.CharField(max_length=80, required=False, allow_blank=True)
    department = serializers.CharField(max_length=80, required=False, allow_blank=True)
    decision_role = serializers.CharField(max_length=20, required=False, allow_blank=True)
    mobile = serializers.CharField(max_length=60, required=False, allow_blank=True)
    phone = serializers.CharField(max_length=60, required=False, allow_blank=True)
    email = serializers.CharField(max_length=200, required=False, allow_blank=True)
    wechat = serializers.CharField(max_length=200, required=False, allow_blank=True)
    qq = serializers.CharField(max_length=40, required=False, allow_blank=True)
    points = PointInput(many=True, required=False)
    gender = serializers.CharField(max_length=10, required=False, allow_blank=True)
    birthday = serializers.DateField(required=False, allow_null=True)
    region = serializers.CharField(max_length=80, required=False, allow_blank=True)
    source = serializers.CharField(max_length=80, required=False, allow_blank=True)
    interests = serializers.ListField(child=serializers.CharField(max_length=40), required=False, max_length=50)
    tags = serializers.ListField(child=serializers.CharField(max_length=40), required=False, max_length=50)
    notes = serializers.CharField(required=False, allow_blank=True, max_length=20_000)
    has_left = serializers.BooleanField(required=False)
    external_id = serializers.CharField(max_length=100, required=False, allow_blank=True)
    even_if_known = sure_field()


class EmployerInput(Input):
    """Where the person works now."""

    company = ScopedKey(Company)
    position = serializers.CharField(max_length=80, required=False, allow_blank=True)


class VerdictInput(Input):
    """Which way to reach the person was tried, and whether it works."""

    point = serializers.IntegerField(min_value=1)
    is_valid = serializers.BooleanField()


class ContactViewSet(Creates, Updates, Deletes, NounViewSet):
    """Contacts: the people of companies."""

    model = Contact
    queryset = Contact.objects.none()
    sorts = TABLE.sorts
    filterset_class = ContactFilters
    serializer_class = ContactAnswer
    input_class = ContactInput
    related = ("owner", "team", "company")
    prefetch = ("points",)

    @extend_schema(request=ContactInput, responses={201: ContactAnswer})
    def create(self, request):
        """Add a person."""
        return super().create(request)

    @extend_schema(request=ContactInput)
    def partial_update(self, request, pk=None):
        """Change some fields of a person."""
        return super().partial_update(request, pk)

    def create_record(self, values, once):
        sure = values.pop("even_if_known", False)
        return services.create(values, by=self.request.user, once=once, even_if_known=sure)

    def update_record(self, record, values, version):
        sure = values.pop("even_if_known", False)
        return services.update(record, values, by=self.request.user, version=version, even_if_known=sure)

    def delete_record(self, record):
        services.delete(record, by=self.request.user)

    @extend_schema(request=AssignmentInput, responses=ContactAnswer)
    @action(detail=True, methods=["post"])
    def assignment(self, request, pk=None):
        """Give the person to somebody else."""
        values = self.read(AssignmentInput)
        services.assign([self.load("assign")], to=values["owner"], by=request.user, reason=values.get("reason", ""))
        return self.answer(self.load("view"))

    @extend_schema(request=EmployerInput, responses=ContactAnswer)
    @action(detail=True, methods=["post"])
    def company(self, request, pk=None):
        """The person works for another company from now on."""
        values = self.read(EmployerInput)
        return self.answer(services.move(self.load("edit"), to=values["company"], position=values.get("position"), by=request.user))

    @extend_schema(request=VerdictInput, responses=ContactAnswer)
    @action(detail=True, methods=["post"])
    def verification(self, request, pk=None):
        """A way to reach the person was tried."""
        values = self.read(VerdictInput)
        record = self.load("edit")
        point = record.points.filter(pk=values["point"]).first()
        if point is None:
            raise serializers.ValidationError({"point": [_("This person has no such number or address.")]})
        (services.verify if values["is_valid"] else services.mark_invalid)(point, by=request.user)
        return self.answer(self.load("view"))
