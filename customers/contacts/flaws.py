"""What the data of a person falls short of: one condition for each dimension of quality, which figures and lists share (PRODUCT A13.5)."""

from django.db.models import Exists, OuterRef, Q

from crm.core import clock
from customers.companies import options, regions
from customers.companies.flaws import FRESH, ODD, PHONE, added, same
from customers.contacts.models import Contact, ContactPoint
from customers.contacts.policies import PHONES

MAIL = r"^[^@\s]+@([^@\s.]+\.)+[^@\s.]{2,}$"
State = ContactPoint.State


def flawed(dimension: str, below: int = 0) -> Q:
    """The condition under which a person falls short of the dimension; of completeness: scores under `below`."""
    return Q(completeness__lt=below) if dimension == "completeness" else OWN[dimension]() | added(dimension, "contacts")


def _with(**narrow):
    return Q(Exists(ContactPoint.objects.filter(contact=OuterRef("pk"), **narrow)))


def _accuracy():
    return _with(state=State.INVALID)


def _consistency():
    odd = Q(name__regex=ODD) | Q(position__regex=ODD) | Q(department__regex=ODD)
    odd |= ~Q(source="") & ~Q(source__in=list(options.labels("source")))
    return odd | _with(kind=ContactPoint.Kind.LANDLINE, value__regex=r"^(\+86)?1[3-9][0-9]{9}$")


def _validity():
    numbers = ContactPoint.objects.filter(contact=OuterRef("pk"), kind__in=PHONES).exclude(value__regex=PHONE)
    mails = ContactPoint.objects.filter(contact=OuterRef("pk"), kind=ContactPoint.Kind.EMAIL).exclude(value__regex=MAIL)
    return Q(Exists(numbers)) | Q(Exists(mails)) | (~Q(region="") & ~Q(region__in=list(regions.names())))


def _uniqueness():
    if found := same.get("contacts"):
        return found()
    # Colleagues may share a fixed line; a mobile, a mail address or a WeChat name is one person's.
    own = ContactPoint.objects.filter(kind__in=("mobile", "email", "wechat"), contact__deleted_at=None)
    twins = own.filter(norm=OuterRef("norm"), kind=OuterRef("kind")).exclude(contact=OuterRef("contact"))
    return Q(Exists(own.filter(Exists(twins), contact=OuterRef("pk"))))


def _timeliness():
    since = clock.now() - FRESH
    stale = _with(state=State.VALID, verified_at__lt=since)
    silent = Q(updated_at__lt=since) & (Q(last_contact_at__lt=since) | Q(last_contact_at=None))
    return stale | (silent & ~Q(Exists(Contact.objects.filter(pk=OuterRef("pk"), points__verified_at__gte=since))))


OWN = {"accuracy": _accuracy, "consistency": _consistency, "validity": _validity, "uniqueness": _uniqueness, "timeliness": _timeliness}
