"""Cursor paging by key for the API: the orders, filters and costs of the pages."""

from django.db.models import prefetch_related_objects
from rest_framework.pagination import BasePagination
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from crm.core import keyset
from crm.core.scope import Scope

MOST = 200
DEFAULT = 50


class KeysetPaging(BasePagination):
    """`cursor`, `sort` and `page_size` (up to 200); the answer holds `next`, `previous` and `results`."""

    def paginate_queryset(self, queryset, request, view=None):
        """The rows of this page; `queryset` is filtered, the scope is applied here, branch by branch."""
        self.request = request
        query = request.query_params
        sort = keyset.sort_named(view.sorts, query.get("sort", ""))
        self.page = keyset.fetch(queryset, self.scope_of(queryset, request), sort, cursor=query.get("cursor", ""), size=self._size(query), related=view.related)
        prefetch_related_objects(self.page.rows, *getattr(view, "prefetch", ()))
        return self.page.rows

    def scope_of(self, queryset, request):
        """Which rows the caller may read."""
        return request.user.scope(queryset.model, "view")

    def get_paginated_response(self, data):
        """One page as JSON."""
        return Response({"next": self._link(self.page.next), "previous": self._link(self.page.previous), "results": data})

    def get_paginated_response_schema(self, schema):
        """The shape of a page, for the schema."""
        link = {"type": "string", "format": "uri", "nullable": True}
        results = {"type": "array", "items": schema.get("items", schema) if schema.get("type") == "array" else schema}
        return {
            "type": "object",
            "required": ["results"],
            "properties": {"next": link, "previous": link, "results": results},
        }

    def get_schema_operation_parameters(self, view):
        """The parameters of a page, for the schema."""
        sorts = [text for sort in getattr(view, "sorts", []) for text in (sort.name, f"-{sort.name}")]
        return [
            _parameter("cursor", "Where the page begins, from `next` or `previous`.", {"type": "string"}),
            _parameter("page_size", "Rows on a page, at most 200.", {"type": "integer", "minimum": 1, "maximum": MOST}),
            _parameter("sort", "The order; a leading minus turns it round.", {"type": "string", "enum": sorts}),
        ]

    def _size(self, query):
        text = query.get("page_size", "")
        return min(max(int(text), 1), MOST) if text.isdigit() and len(text) < 6 else DEFAULT

    def _link(self, cursor):
        return replace_query_param(self.request.build_absolute_uri(), "cursor", cursor) if cursor else None


class PagingOfAsked(KeysetPaging):
    """The same for rows of which it was asked already whether the caller may read them."""

    def scope_of(self, queryset, request):
        """All of them."""
        return Scope(everything=True)


def _parameter(name, description, schema):
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}
