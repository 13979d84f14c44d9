"""Who reads and writes which ways to reach a person."""

from django.utils.translation import gettext_lazy as _

from crm.core.masking import mask_email, mask_text, may_write
from crm.core.phones import mask
from customers.contacts.models import ContactPoint

Kind = ContactPoint.Kind
PHONES = (Kind.MOBILE, Kind.LANDLINE, Kind.PHONE)
# The fields that roles speak of; every kind falls under one of them.
FIELDS = {"contacts.phone": _("phone numbers"), "contacts.email": _("e-mail"), "contacts.wechat": _("WeChat and other accounts")}


def guard_of(kind) -> str:
    """The field of a role's rules that a kind of contact point falls under."""
    if kind in PHONES:
        return "contacts.phone"
    return "contacts.email" if kind == Kind.EMAIL else "contacts.wechat"


def may_replace(actor, kind) -> bool:
    """Whether this person may change or remove points of the kind: only who reads them whole."""
    return may_write(actor, guard_of(kind), is_new=False)


def may_add(actor, kind) -> bool:
    """Whether this person may add a point of the kind: a masked number can be noted, though not read again."""
    return may_write(actor, guard_of(kind), is_new=True)


def masked(kind, value) -> str:
    """A number or address with its middle covered."""
    if kind in PHONES:
        return mask(value.partition(";")[0])
    return mask_email(value) if kind == Kind.EMAIL else mask_text(value)
