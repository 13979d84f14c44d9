"""The one function that decides whether a person reads a field whole, masked or not at all."""

from collections.abc import Callable

HIDDEN = "hide"
MASKED = "mask"


def shown(actor, field: str, value, mask: Callable[[str], str] | None = None):
    """The value as this person may read it; `field` is `"contacts.phone"`; None when it is hidden."""
    rule = actor.field_rule(field)
    if rule == HIDDEN:
        return None
    if rule == MASKED and value:
        return (mask or mask_text)(str(value))
    return value


def may_write(actor, field: str, *, is_new: bool) -> bool:
    """Whether this person may set the field: on a new record also who will read it masked, later only who reads it whole."""
    return actor.field_rule(field) in ("edit", MASKED if is_new else "edit")


def mask_text(value: str) -> str:
    """Keep the ends, cover the middle: never fewer than three characters are covered."""
    if len(value) <= 4:
        return "***"
    keep = max(1, min(3, (len(value) - 3) // 2))
    return f"{value[:keep]}***{value[-keep:]}"


def mask_email(address: str) -> str:
    """Keep the first letter and the domain: z***@acme.cn."""
    local, at, domain = address.rpartition("@")
    return f"{local[:1]}***@{domain}" if at else mask_text(address)
