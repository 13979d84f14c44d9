"""Leads over the API: the same filters, orders, rights and verbs as on the pages."""

from django.http import Http404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.response import Response

from crm.accounts.models import Pool, User
from crm.rest.serializers import Answer, Input, PersonRef, ScopedKey
from crm.rest.viewsets import ONCE, Creates, Deletes, NounViewSet, Updates
from customers.companies.models import Company
from customers.contacts.models import Contact
from customers.duplicates.api import Pairs
from customers.matching.api import AccessViewSet, sure_field
from customers.merging.api import MergeAnswer, MergeInput, Merging, UnmergeAnswer, UnmergeInput
from customers.merging.proposing import MOST
from deals.leads import conversion, joining, policies, pools, scoring, services
from deals.leads.filters import LeadFilters
from deals.leads.models import Lead
from deals.leads.tables import TABLE


class LeadAnswer(Answer):
    """A lead; phone and accounts as this reader may see them."""

    owner = PersonRef(read_only=True, allow_null=True)

    class Meta:
        model = Lead
        fields = [
            "id", "name", "person", "position", "mobile", "email", "wechat", "source", "industry", "size", "region", "need", "tags",
            "grade", "score", "state", "pool", "assigned_at", "first_contact_at", "last_contact_at", "last_outcome", "next_step_at",
            "next_step", "closed_at", "invalid_reason", "company", "contact", "external_id", "owner", "team", "created_at",
            "updated_at", "version",
        ]  # fmt: skip
        read_only_fields = fields

    def to_representation(self, instance):
        actor = self.context["request"].user
        return super().to_representation(instance) | {field: policies.shown(instance, actor, field) or "" for field in policies.WAYS}


class LeadInput(Input):
    """What may be written about a lead; `name` is the company, or left out the person."""

    name = serializers.CharField(max_length=200, required=False, allow_blank=True)
    person = serializers.CharField(max_length=200, required=False, allow_blank=True)
    position = serializers.CharField(max_length=80, required=False, allow_blank=True)
    mobile = serializers.CharField(max_length=60, required=False, allow_blank=True)
    email = serializers.CharField(max_length=200, required=False, allow_blank=True)
    wechat = serializers.CharField(max_length=80, required=False, allow_blank=True)
    source = serializers.CharField(max_length=80, required=False, allow_blank=True)
    industry = serializers.CharField(max_length=80, required=False, allow_blank=True)
    size = serializers.CharField(max_length=80, required=False, allow_blank=True)
    region = serializers.CharField(max_length=80, required=False, allow_blank=True)
    need = serializers.CharField(max_length=20_000, required=False, allow_blank=True)
    tags = serializers.ListField(child=serializers.CharField(max_length=40), required=False, max_length=50)
    external_id = serializers.CharField(max_length=100, required=False, allow_blank=True)
    even_if_known = sure_field()


class LeadJoinInput(LeadInput):
    """A new lead and the customer it is added to, as `join` of a match names it: `contacts:12` or `companies:7`."""

    to = serializers.CharField(max_length=40)


class LeadAssignmentInput(Input):
    """Who gets the lead, and why."""

    owner = serializers.PrimaryKeyRelatedField(queryset=User.objects.filter(is_system=False))
    reason = serializers.CharField(max_length=300, required=False, allow_blank=True, help_text=_("Reason"))


class LeadReturnInput(Input):
    """Into which pool, and why."""

    pool = serializers.PrimaryKeyRelatedField(queryset=Pool.objects.filter(noun="leads"))
    reason = serializers.CharField(max_length=300, required=False, allow_blank=True)


class LeadReasonInput(Input):
    """Why."""

    reason = serializers.CharField(max_length=200, required=False, allow_blank=True)


class CompanyPart(Input):
    """The company a lead becomes: a known one by its id, or name and credit code."""

    id = ScopedKey(Company, required=False)
    name = serializers.CharField(max_length=200, required=False, allow_blank=True)
    credit_code = serializers.CharField(max_length=40, required=False, allow_blank=True)


class ContactPart(Input):
    """The person: a known one by the id, or name and position."""

    id = ScopedKey(Contact, required=False)
    name = serializers.CharField(max_length=200, required=False, allow_blank=True)
    position = serializers.CharField(max_length=80, required=False, allow_blank=True)


class OpportunityPart(Input):
    """The opportunity to open."""

    name = serializers.CharField(max_length=200, required=False, allow_blank=True)
    amount = serializers.DecimalField(max_digits=18, decimal_places=2, required=False, allow_null=True)
    expected_close = serializers.DateField(required=False, allow_null=True)


class ConversionInput(Input):
    """What the lead becomes; what is left out is taken from it, and without `opportunity` none is opened."""

    company = CompanyPart(required=False)
    contact = ContactPart(required=False)
    opportunity = OpportunityPart(required=False, allow_null=True)
    code_reason = serializers.CharField(max_length=300, required=False, allow_blank=True)
    even_if_known = sure_field()


class ScorePointAnswer(serializers.Serializer):
    """One reason of the score and its points."""

    words = serializers.CharField()
    points = serializers.IntegerField()


class LeadViewSet(Creates, Updates, Deletes, NounViewSet):
    """Leads: people who might buy."""

    model = Lead
    queryset = Lead.objects.none()
    sorts = TABLE.sorts
    related = ("owner", "team", "pool", "company", "contact")
    filterset_class = LeadFilters
    serializer_class = LeadAnswer
    input_class = LeadInput

    @extend_schema(request=LeadInput, responses={201: LeadAnswer})
    def create(self, request):
        """Add a lead."""
        return super().create(request)

    @extend_schema(request=LeadInput)
    def partial_update(self, request, pk=None):
        """Change some fields of a lead."""
        return super().partial_update(request, pk)

    def create_record(self, values, once):
        sure = values.pop("even_if_known", False)
        return services.create(values, by=self.request.user, once=once, even_if_known=sure)

    def update_record(self, record, values, version):
        sure = values.pop("even_if_known", False)
        return services.update(record, values, by=self.request.user, version=version, even_if_known=sure)

    def delete_record(self, record):
        services.delete(record, by=self.request.user)

    @extend_schema(request=LeadJoinInput, responses={201: LeadAnswer}, parameters=[ONCE])
    @action(detail=False, methods=["post"])
    def joining(self, request):
        """Add a new lead to the customer that it turns out to be: it is kept, and converted at once."""
        values = dict(self.read(LeadJoinInput))
        values.pop("even_if_known", None)
        lead = joining.add_to_customer(values, to=values.pop("to"), by=request.user, once=self.once())
        return self.answer(lead, status.HTTP_201_CREATED)

    @extend_schema(responses=ScorePointAnswer(many=True), filters=False, parameters=[])
    @action(detail=True, methods=["get"], pagination_class=None, filter_backends=[])
    def points(self, request, pk=None):
        """The reasons of the score; their points add up to it."""
        lead = self.load("view")
        return Response([{"words": str(part.words), "points": part.points} for part in scoring.explain(lead)])

    @extend_schema(request=None, responses=LeadAnswer)
    @action(detail=True, methods=["post"])
    def claim(self, request, pk=None):
        """Take the lead out of a pool; 409 with the name of whoever was first."""
        lead = pools.to_claim(int(pk), by=request.user)
        if lead is None:
            raise Http404
        pools.claim(lead, by=request.user)
        return self.answer(self.load("view"))

    @extend_schema(request=LeadAssignmentInput, responses=LeadAnswer)
    @action(detail=True, methods=["post"])
    def assignment(self, request, pk=None):
        """Give the lead to a person."""
        values = self.read(LeadAssignmentInput)
        pools.assign([self.load("view")], to=values["owner"], by=request.user, reason=values.get("reason", ""))
        return self.answer(self.load("view"))

    @extend_schema(request=LeadReturnInput, responses={204: None})
    @action(detail=True, methods=["post"], url_path="return")
    def give_back(self, request, pk=None):
        """Put the lead back into a pool."""
        values = self.read(LeadReturnInput)
        pools.return_to_pool([self.load("return")], pool=values["pool"], by=request.user, reason=values.get("reason", ""))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=LeadReasonInput, responses=LeadAnswer)
    @action(detail=True, methods=["post"])
    def invalidity(self, request, pk=None):
        """The lead can never become a customer."""
        return self.answer(services.invalidate(self.load("edit"), reason=self.read(LeadReasonInput).get("reason", ""), by=request.user))

    @extend_schema(request=None, responses={200: LeadAnswer})
    @invalidity.mapping.delete
    def validity(self, request, pk=None):
        """It was called invalid by mistake."""
        return self.answer(services.restore_valid(self.load("edit"), by=request.user))

    @extend_schema(request=ConversionInput, responses=LeadAnswer)
    @action(detail=True, methods=["post"])
    def conversion(self, request, pk=None):
        """Make a customer of the lead."""
        given = dict(self.read(ConversionInput))
        company, contact = dict(given.get("company") or {}), dict(given.get("contact") or {})
        lead = conversion.convert(
            self.load("convert"), by=request.user, company=company.get("id") or company, contact=contact.get("id") or contact,
            opportunity=given.get("opportunity"), code_reason=given.get("code_reason", ""), even_if_known=given.get("even_if_known", False),
        )  # fmt: skip
        return self.answer(lead)

    @extend_schema(request=LeadReasonInput, responses=LeadAnswer)
    @conversion.mapping.delete
    def unconversion(self, request, pk=None):
        """Take the conversion back, within seven days and as long as nothing rests on it."""
        reason = self.read(LeadReasonInput).get("reason", "")
        return self.answer(conversion.unconvert(self.load("convert"), by=request.user, reason=reason))


class LeadMergeInput(MergeInput):
    """Leads to merge into this one: `values` are fields of the result, the rest is proposed."""

    others = serializers.ListField(child=ScopedKey(Lead), min_length=1, max_length=MOST - 1)
    owner_of = ScopedKey(Lead, required=False)
    values = LeadInput(required=False, partial=True)


class LeadMerging(Merging):
    """Merging leads."""

    model, merge_input = Lead, LeadMergeInput
    queryset = Lead.objects.none()
    serializer_class = MergeAnswer
    related = ("owner", "team", "pool")

    @extend_schema(request=LeadMergeInput, responses=MergeAnswer)
    @action(detail=True, methods=["post"])
    def merging(self, request, pk=None):
        """Merge other leads into this one; with `dry_run` only say what would move."""
        return self.merge(request)

    @extend_schema(request=UnmergeInput, responses=UnmergeAnswer)
    @action(detail=True, methods=["post"])
    def unmerging(self, request, pk=None):
        """Take a merge into this lead back."""
        return self.unmerge(request)


class LeadPairs(Pairs):
    """Possible duplicates among leads."""

    noun = "leads"


class LeadAccess(AccessViewSet):
    """Asking for access to leads."""

    noun = "leads"
