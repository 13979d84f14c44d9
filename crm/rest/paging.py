"""Cursor paging by key for the API: the same order and the same cost on every page."""

from rest_framework.pagination import CursorPagination


class KeysetPaging(CursorPagination):
    """Newest change first; `page_size` up to 200."""

    ordering = ("-updated_at", "-id")
    page_size_query_param = "page_size"
    max_page_size = 200
    cursor_query_param = "cursor"
