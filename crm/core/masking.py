"""The one function that decides whether a person reads a field whole, masked or not at all."""

from collections.abc import Callable
from dataclasses import dataclass

from crm.core.registry import Registry

HIDDEN = "hide"
MASKED = "mask"


@dataclass(frozen=True)
class Guard:
    """How a noun covers fields whose rule hangs on the record as well as on the role.

    `rule(record, actor, name)` says how the person reads the field of this record, `masks` how each of these fields is
    covered; `needs` are the relations of the record that the rule looks at.
    """

    rule: Callable
    masks: dict[str, Callable[[str], str]]
    needs: tuple[str, ...] = ()


guards: Registry[Guard] = Registry("guard of fields")


def shown(actor, field: str, value, mask: Callable[[str], str] | None = None, record=None):
    """The value as this person may read it; `field` is `"contacts.phone"`; None when it is hidden.

    Wherever the value belongs to a record, that record must be given: the mask may hang on it.
    """
    noun, _dot, name = field.partition(".")
    guard = guards.get(noun)
    guard = guard if guard and name in guard.masks else None
    rule = guard.rule(record, actor, name) if guard and record is not None else actor.field_rule(field)
    if rule == HIDDEN:
        return None
    if rule == MASKED and value:
        return (mask or (guard and guard.masks[name]) or mask_text)(str(value))
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
