"""What may stand against cancelling an order; higher rooms add their objections, such as money that came in."""

from collections.abc import Callable

from crm.core.registry import Registry
from deals.orders.models import Order

# Each looks at a locked order and raises a refusal when it objects.
before_cancel: Registry[Callable[[Order], None]] = Registry("objection to cancelling")


def ask_all(order):
    """Let everybody object who registered."""
    for objection in before_cancel:
        objection(order)
