"""Finding records by what people type: two Chinese characters, pinyin, initials, or a fragment of a number."""

import re

from django.db.models import CharField, Lookup, Q

from crm.core.sql import contains_text
from crm.core.text import fold, squash

LATIN = re.compile(r"[0-9a-z .&-]+")
DIGITS = re.compile(r"[\d\s()+-]{4,}")


@CharField.register_lookup
class LastFour(Lookup):
    """`digits__last_four="7788"`: answered by the index on right(digits, 4)."""

    lookup_name = "last_four"

    def as_sql(self, compiler, connection):
        """Compare the last four characters."""
        left, left_values = self.process_lhs(compiler, connection)
        right, right_values = self.process_rhs(compiler, connection)
        return f"RIGHT({left}, 4) = {right}", [*left_values, *right_values]


def by_name(typed: str) -> Q:
    """Rows whose `name` contains what was typed, or whose pinyin or initials do."""
    wanted = squash(typed)
    if not wanted:
        return Q(pk__in=[])
    # `latin` holds the Latin letters and digits of the name too, so one index answers; an OR of two would not.
    return Q(latin__contains=wanted) if LATIN.fullmatch(fold(typed)) else contains_text("name", typed)


def by_digits(typed: str, field: str = "digits") -> Q | None:
    """Rows with a number that contains these digits: all of it, its last four, or any six; None for anything else."""
    digits = re.sub(r"\D", "", typed)
    if not DIGITS.fullmatch(typed.strip()) or len(digits) < 4:
        return None
    if digits.startswith("86") and len(digits) == 13:
        digits = digits[2:]
    # The indexes leave out rows without a number; only a query that says so too may use them.
    numbered = ~Q(**{field: ""})
    if len(digits) == 4:
        return numbered & Q(**{f"{field}__last_four": digits})
    return numbered & (Q(**{f"{field}__contains": digits}) if len(digits) >= 6 else Q(**{f"{field}__endswith": digits}))


def first_in_scope(rows, actor, limit, action="view"):
    """The first rows of a search inside the scope of a person, newest change first."""
    scope = actor.scope(rows.model, action)
    inside = rows if scope.everything else rows.filter(scope.condition(rows.model))
    return inside.order_by("-updated_at", "-pk")[:limit]
