"""Finding leads by what is typed: a name, or a number or part of one, as far as the reader sees the number."""

import re

from django.db.models import Q

from crm.accounts.models import Pool
from crm.core.masking import HIDDEN, MASKED
from crm.core.search import by_digits, by_name


def matching(typed, actor):
    """Leads by name, pinyin or initials, or by a number.

    Numbers that the reader sees masked are found by what he sees, the last four, or by all of it, so that no search
    tells the middle.
    """
    digits = by_digits(typed)
    if digits is None:
        return by_name(typed)
    rule = actor.field_rule("leads.mobile")
    if rule == HIDDEN:
        return Q(pk__in=[])
    plain = re.sub(r"\D", "", typed)
    if len(plain) == 4:
        return digits
    whole = Q(digits__in=(plain, plain.removeprefix("86")))
    if rule == MASKED:
        return whole
    veiled = list(Pool.objects.filter(noun="leads", is_masked=True).values_list("pk", flat=True))
    return digits & (whole | Q(pool=None) | ~Q(pool__in=veiled)) if veiled else digits
