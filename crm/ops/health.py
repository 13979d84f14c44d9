"""The page a load balancer asks: which parts of the house answer."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError

from crm.ops.heartbeats import living

OK, AWAY, SILENT, UNKNOWN = "ok", "away", "silent", "unknown"


@require_safe
@never_cache
@login_not_required
@transaction.non_atomic_requests
def healthz(request: HttpRequest) -> JsonResponse:
    """200 while pages can be served, 503 without the database; the other parts are told, and say nothing about versions."""
    state = {"database": _database(), **_others()}
    return JsonResponse(state, status=200 if state["database"] == OK else 503)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        connection.close()
        return AWAY
    return OK


def _others() -> dict[str, str]:
    """Cache and broker are one server; without it nobody can leave a sign."""
    try:
        seen = living()
    except RedisError:
        return {"broker": AWAY, "worker": UNKNOWN, "scheduler": UNKNOWN}
    return {"broker": OK, **{process: OK if process in seen else SILENT for process in ("worker", "scheduler")}}
