"""Paging by key: the same cost on every page, no OFFSET, no exact count (docs/adr/0006)."""

import json
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from django.core import signing
from django.db import OperationalError, connection, transaction
from django.db.models import BooleanField, F, Func, Value
from django.db.models.functions import Coalesce

from crm.core.reading import with_names
from crm.core.scope import NEWEST, OLDEST, branch_heads, some_of

SALT = "km.cursor"
COUNT_LIMIT = 1000
# A number that only decorates a page may take this long and no longer.
BRIEF_MS = 400


@dataclass(frozen=True)
class Sort:
    """An order of a list: an expression that has an index, always ended by the id in the same direction.

    `sentinel` stands for a missing value, in the index and here alike, so that rows without one have a place.
    """

    name: str
    label: object
    field: str
    descending: bool = False
    sentinel: object = None
    label_reversed: object = ""

    def expression(self):
        """What is ordered by."""
        if self.sentinel is None:
            return F(self.field)
        return Coalesce(self.field, Value(self.sentinel))

    def key_of(self, row):
        """The value of a row in this order."""
        value = row
        for part in self.field.split("__"):
            value = getattr(value, part, None)
        return self.sentinel if value is None else value


@dataclass
class Page:
    """One page of rows with the cursors that lead on and back."""

    rows: list
    next: str = ""
    previous: str = ""
    count: int = 0
    counted_out: bool = False  # more than COUNT_LIMIT


def sort_named(sorts, text: str) -> Sort:
    """The order asked for in a URL (`name` upwards, `-name` downwards); the first of them where it is unknown."""
    for sort in sorts:
        if text and sort.name == text.lstrip("-"):
            return replace(sort, descending=text.startswith("-"))
    return sorts[0]


def fetch(rows, scope, sort, *, cursor="", size=50, related=()) -> Page:
    """One page of filtered rows inside a scope, in a given order, from a cursor on."""
    found = read_cursor(cursor, sort)
    backwards = bool(found and found[0] == "previous")
    if found:
        rows = rows.filter(beyond(sort, found[1], found[2], backwards))
    taken = list(_heads(rows, scope, sort, backwards, size + 1, related))
    more = len(taken) > size
    taken = taken[:size]
    if backwards:
        taken.reverse()
    page = Page(taken)
    if taken and (more or backwards):
        page.next = write_cursor(sort, "next", taken[-1])
    if taken and found and (more or not backwards):
        page.previous = write_cursor(sort, "previous", taken[0])
    return page


def _heads(rows, scope, sort, backwards, limit, related):
    order, down = order_of(sort, backwards), sort.descending != backwards
    # Newest first has an index for each branch of the scope; other orders walk their own index (docs/adr/0002).
    by_moment = sort.field == "updated_at" and not scope.everything
    heads = branch_heads(rows, scope, limit, order=NEWEST if down else OLDEST) if by_moment else None
    if heads is not None:
        return with_names(rows.model._base_manager.filter(pk__in=heads), *related).order_by(*order)
    inside = rows if scope.everything else rows.filter(scope.condition(rows.model))
    return with_names(inside, *related).order_by(*order)[:limit]


def count(rows, scope) -> tuple[int, bool]:
    """How many rows there are inside a scope, counted no further than COUNT_LIMIT: (number, whether there are more)."""
    limit = COUNT_LIMIT + 1
    some = rows.order_by().values("pk") if scope.everything else some_of(rows, scope, limit)
    found = some[:limit].count()
    return min(found, COUNT_LIMIT), found > COUNT_LIMIT


def count_briefly(rows, scope) -> tuple[int, bool] | None:
    """The same for a number beside a link: None where it would take longer than the link is worth."""
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL statement_timeout = %s", [BRIEF_MS])
            return count(rows, scope)
    except OperationalError:
        return None


def order_of(sort, backwards=False):
    """The ORDER BY of a sort, turned round for reading backwards."""
    down = sort.descending != backwards
    key = sort.expression()
    return [key.desc() if down else key.asc(), "-pk" if down else "pk"]


def beyond(sort, key, pk, backwards=False):
    """The condition for rows behind (key, pk): a row comparison, which one index range answers."""
    down = sort.descending != backwards
    return RowComparison(sort.expression(), F("pk"), Value(key), Value(pk), sign="<" if down else ">")


class RowComparison(Func):
    """`(a, b) < (x, y)`: unlike its expansion into AND and OR, it bounds the index range in every case."""

    template = "(%(expressions)s)"
    conditional = True
    output_field = BooleanField()

    def __init__(self, first, second, first_value, second_value, *, sign):
        super().__init__(first, second, first_value, second_value)
        self.sign = sign

    def as_sql(self, compiler, connection, **extra):
        """Write the two rows beside the sign."""
        parts = [compiler.compile(part) for part in self.get_source_expressions()]
        texts, values = zip(*parts, strict=True)
        sql = f"(({texts[0]}, {texts[1]}) {self.sign} ({texts[2]}, {texts[3]}))"
        return sql, [value for group in values for value in group]


def write_cursor(sort, direction, row):
    """A signed cursor for the row at an edge of the page."""
    return signing.dumps([sort.name, sort.descending, direction, _text(sort.key_of(row)), row.pk], salt=SALT)


def read_cursor(text, sort):
    """(direction, key, id) of a cursor made for this sort; None for anything else, so a bad link shows the first page."""
    try:
        name, descending, direction, key, pk = signing.loads(text, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError, json.JSONDecodeError):
        return None
    if name != sort.name or descending != sort.descending:
        return None
    return direction, _value(key), pk


def _text(value):
    if isinstance(value, datetime):
        return ["t", value.isoformat()]
    if isinstance(value, date):
        return ["d", value.isoformat()]
    if isinstance(value, Decimal):
        return ["n", str(value)]
    return ["", value]


def _value(pair):
    kind, value = pair
    readers = {"t": datetime.fromisoformat, "d": date.fromisoformat, "n": Decimal}
    return readers[kind](value) if kind else value
