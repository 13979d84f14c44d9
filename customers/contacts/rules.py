"""What a contact must have: a company, a position and a way to reach the person, each of which may be switched off."""

from crm.core.kept import Kept
from customers.contacts.models import Rule

_off = Kept(lambda: set(Rule.objects.filter(is_on=False).values_list("code", flat=True)))
forget = _off.forget


def is_on(code) -> bool:
    """Whether the rule is in force; it is, until an administrator switches it off."""
    return code not in _off()
