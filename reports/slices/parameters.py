"""The parameters that all reports share, as the API describes them."""

from drf_spectacular.utils import OpenApiParameter

COMMON = (
    OpenApiParameter("period", str, description="2026-07, 2026-Q3, 2026 or 2026-07-10..2026-09-12; the present quarter unless given."),
    OpenApiParameter("team", int, description="A team and the teams below it."),
    OpenApiParameter("owner", int, description="One person."),
)
