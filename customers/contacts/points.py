"""Ways to reach somebody, in one normal form each."""

from django.utils.translation import gettext_lazy as _

from crm.core.bulk import blank
from crm.core.errors import Invalid
from crm.core.ids import normal_email
from crm.core.phones import parse
from crm.core.text import fold
from customers.contacts.models import ContactPoint
from customers.contacts.policies import PHONES

Kind = ContactPoint.Kind
new = blank(ContactPoint)
LONGEST = ContactPoint._meta.get_field("value").max_length
KIND_OF_PHONE = {"mobile": Kind.MOBILE, "landline": Kind.LANDLINE, "service": Kind.LANDLINE, "foreign": Kind.PHONE}


def point(kind, value, *, label="", is_primary=False):
    """An unsaved contact point; refuse what cannot be one. A phone finds its own kind, except that a mobile must be one."""
    value = str(value or "").strip()
    if len(value) > LONGEST:
        raise Invalid(_("At most %(limit)d characters, %(given)d given.") % {"limit": LONGEST, "given": len(value)}, field="value")
    if kind in PHONES:
        return _phone(kind, value, label, is_primary)
    norm = normal_email(value) if kind == Kind.EMAIL else fold(value)
    if not norm:
        raise Invalid(_("This is required."), field="value")
    return new(kind=kind, value=norm if kind == Kind.EMAIL else value, norm=norm, label=label, is_primary=is_primary)


def _phone(kind, value, label, is_primary):
    phone = parse(value)
    found = KIND_OF_PHONE[phone.kind]
    if kind == Kind.MOBILE and found == Kind.LANDLINE:
        raise Invalid(_("A mainland mobile has 11 digits and starts with 13 to 19."), field="value", code="phone_mobile")
    norm = phone.e164 + (f";{phone.extension}" if phone.extension else "")
    return new(kind=found, value=norm, norm=norm, digits=phone.digits[:20], label=label, is_primary=is_primary)
