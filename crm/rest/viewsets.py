"""The shape of every endpoint: load through the scope, call one verb, answer. No rule lives here."""

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, status, viewsets
from rest_framework.response import Response

from crm.core.policy import require
from crm.core.reading import one
from crm.core.successors import missing
from crm.rest.strict import Strict

ONCE = OpenApiParameter("Idempotency-Key", str, OpenApiParameter.HEADER, description="Sent again with the same body, it gets the same answer.")
VERSION = OpenApiParameter("If-Match", str, OpenApiParameter.HEADER, description="The version you changed; 409 when it is no longer the present one.")


class NounViewSet(Strict, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """Subclass with `model`, `sorts`, `filterset_class`, `serializer_class` (answers) and `input_class` (what may be sent)."""

    model = None
    sorts = ()
    related = ("owner", "team")
    # Rows of other tables that every answer of a list shows: one query each for the whole page.
    prefetch = ()
    input_class = None
    lookup_value_regex = r"\d{1,18}"

    @property
    def noun(self):
        """The plural that rights and token scopes speak of."""
        return self.model.noun

    def get_queryset(self):
        """The rows of a list before the scope (paging applies it), those of anything else inside it."""
        if self.action == "list":
            require(self.request.user, f"{self.noun}.view")
            return self.model.objects.live()
        return self.model.objects.visible_to(self.request.user).select_related(*self.related)

    def load(self, action):
        """The record of the URL for an action: 404 outside the scope, 403 where only the right is missing."""
        try:
            pk = int(self.kwargs["pk"])
        except ValueError:
            raise Http404 from None
        rows = self.model.objects.select_related(*self.related)
        found = one(rows.visible_to(self.request.user, action).filter(pk=pk))
        if found is not None:
            return found
        if (seen := one(rows.visible_to(self.request.user).filter(pk=pk))) is not None:
            require(self.request.user, f"{self.noun}.{action}", seen)
        raise missing(self.model, self.request.user, pk)

    def get_object(self):
        """The record to be read; one that was merged into another leads to that one."""
        try:
            return super().get_object()
        except Http404:
            raise missing(self.model, self.request.user, self.kwargs["pk"]) from None

    def read(self, input_class=None, *, partial=False):
        """The body, checked for its shape; the verb checks the rest."""
        return super().read(input_class or self.input_class, partial=partial)

    def once(self):
        """The caller's idempotency key; empty when none was sent."""
        key = self.request.headers.get("Idempotency-Key", "")[:70]
        return f"api:{key}" if key else ""

    def version(self):
        """The version the caller changed, when he says it."""
        text = self.request.headers.get("If-Match", "").strip('"')
        return int(text) if text.isdigit() else None

    def answer(self, record, code=status.HTTP_200_OK):
        """The record as everybody who may see it reads it."""
        return Response(self.get_serializer(record).data, status=code)


class Creates:
    """POST to the list; `create_record(values, once)` calls the verb."""

    @extend_schema(parameters=[ONCE])
    def create(self, request):
        """Add one."""
        return self.answer(self.create_record(dict(self.read()), self.once()), status.HTTP_201_CREATED)


class Updates:
    """PATCH on a record; `update_record(record, values, version)` calls the verb."""

    @extend_schema(parameters=[VERSION])
    def partial_update(self, request, pk=None):
        """Change some fields."""
        record = self.load("edit")
        return self.answer(self.update_record(record, dict(self.read(partial=True)), self.version()))


class Deletes:
    """DELETE on a record puts it into the bin; `delete_record(record)` calls the verb."""

    @extend_schema(responses={204: None})
    def destroy(self, request, pk=None):
        """Put it into the bin."""
        self.delete_record(self.load("delete"))
        return Response(status=status.HTTP_204_NO_CONTENT)
