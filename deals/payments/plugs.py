"""What payments add to the house."""

from django.utils.translation import gettext_lazy as _

from crm.core import rights
from crm.core.errors import WrongState
from deals.orders.guards import before_cancel
from deals.payments.balances import balance

rights.register("instalments", _("Payment plans"), without=("assign", "import"))
rights.register(
    "payments", _("Payments"),
    extra={"refund": _("refund"), "write_off": _("write off bad debts and recover them")},
    without=("delete",),
    masked_fields={"payments.amount": _("amount"), "payments.payer": _("payer")},
)


@before_cancel.named("money")
def no_money_kept(order):
    """An order for which we hold money, or gave some up, cannot be cancelled."""
    account = balance(order)
    if account.kept or account.bad_debt:
        raise WrongState(
            _("%(received)s was received for this order. Refund it first, then the order can be cancelled.")
            % {"received": account.kept},
            code="money_received", facts={"received": str(account.kept), "bad_debt": str(account.bad_debt)},
        )
