"""What a company's data falls short of: one condition for each dimension of quality, which figures and lists share (PRODUCT A13.5).

Higher rooms add what they know: `also.add("accuracy companies", condition)`.
"""

from collections.abc import Callable
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from crm.core import clock
from crm.core.registry import Registry
from customers.companies import options, regions
from customers.companies.models import Company

FRESH = timedelta(days=180)
LABELS = {
    "accuracy": _("Accuracy"),
    "completeness": _("Completeness"),
    "consistency": _("Consistency"),
    "validity": _("Validity"),
    "uniqueness": _("Uniqueness"),
    "timeliness": _("Timeliness"),
}
DIMENSIONS = tuple(LABELS)
# Marks that take no room, full-width letters and digits, two blanks: the same word written in two ways.
ODD = "[\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u2064\u3000\ufeff\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]|  "
# 恒立达(上海) beside 恒立达（上海）: registers write the wide ones.
NARROW_BRACKET = "[\u3400-\u9fff] ?[(]"
PHONE = r"^(\+86(1[3-9][0-9]{9}|(10|2[0-9])[2-9][0-9]{7}|[3-9][0-9]{2}[2-9][0-9]{6,7}|[48]00[0-9]{7}|9[56][0-9]{3,6}|1[0-2][0-9]{3})|\+[1-79][0-9]{5,14}|\+8[0-57-9][0-9]{4,13})(;[0-9]{1,6})?$"  # noqa: E501
CREDIT_CODE = r"^[0-9A-HJ-NP-RTUW-Y]{2}[0-9]{6}[0-9A-HJ-NP-RTUW-Y]{10}$"

# Conditions of higher rooms by "<dimension> <noun>": functions without arguments that give a Q.
also: Registry[Callable] = Registry("flaw of higher rooms")
# Who may be the same as somebody else: `customers.duplicates` puts its open pairs here; without it equal keys would count.
same: Registry[Callable] = Registry("open duplicates")


def flawed(dimension: str, below: int = 0) -> Q:
    """The condition under which a company falls short of the dimension; of completeness: scores under `below`."""
    return Q(completeness__lt=below) if dimension == "completeness" else OWN[dimension]() | added(dimension, "companies")


def added(dimension, noun) -> Q:
    """What higher rooms know beyond the room's own condition."""
    found = also.get(f"{dimension} {noun}")
    return found() if found else Q(pk__in=[])


def _accuracy():
    return Q(Exists(Company.objects.filter(pk=OuterRef("pk"), points__state="invalid")))


def _consistency():
    odd = Q(name__regex=ODD) | Q(name__regex=NARROW_BRACKET) | Q(short_name__regex=ODD) | Q(address__regex=ODD)
    for field in ("industry", "size", "source"):
        odd |= ~Q(**{field: ""}) & ~Q(**{f"{field}__in": list(options.labels(field))})
    return odd | Q(phone__regex=r"^\+861[3-9][0-9]{9}$")


def _validity():
    code = ~Q(credit_code="") & ~Q(credit_code__regex=CREDIT_CODE)
    phone = ~Q(phone="") & ~Q(phone__regex=PHONE)
    region = ~Q(region="") & ~Q(region__in=list(regions.names()))
    return code | phone | region | (~Q(website="") & Q(domain="")) | Q(established__gt=clock.today().year)


def _uniqueness():
    if found := same.get("companies"):
        return found()
    twins = Company.objects.live().filter(name_key=OuterRef("name_key")).exclude(pk=OuterRef("pk"))
    return ~Q(name_key="") & Q(Exists(twins))


def _timeliness():
    since = clock.now() - FRESH
    return Q(updated_at__lt=since) & (Q(last_contact_at__lt=since) | Q(last_contact_at=None))


OWN = {"accuracy": _accuracy, "consistency": _consistency, "validity": _validity, "uniqueness": _uniqueness, "timeliness": _timeliness}
