"""What payments add to the house."""

from django.utils.translation import gettext_lazy as _

from crm.activity.numbers import by_number
from crm.core import clock, keyset, rights
from crm.core.errors import WrongState
from crm.core.policy import allows
from crm.core.search import first_in_scope
from crm.rest.router import router
from crm.web import components, formats, nav
from crm.web.amounts import readable
from crm.web.panels import Panel, panels
from crm.web.search import Finder, Hit, finders
from crm.web.tables import Column
from customers.companies import page as company_page
from customers.companies.tables import TABLE as COMPANIES
from deals.contracts import page as contract_page
from deals.contracts.tables import TABLE as CONTRACTS
from deals.orders import page as order_page
from deals.orders.guards import before_cancel
from deals.orders.models import Order
from deals.orders.tables import TABLE as ORDERS
from deals.payments import (
    asof,  # noqa: F401 - registers what the past of a customer shows
    binning,  # noqa: F401 - registers what goes into the bin with what
    merging,  # noqa: F401 - registers what becomes of deals and money in a merge
    page,
    states,
    telling,  # noqa: F401 - registers the words of its events
)
from deals.payments.api import InstalmentViewSet, PaymentViewSet, PlanViewSet, WriteOffViewSet
from deals.payments.balances import balance, balances, share
from deals.payments.facts import Facts, facts_for
from deals.payments.models import Instalment, Payment
from deals.payments.services import SERIES

rights.register("instalments", _("Payment plans"), without=("assign", "import"))
rights.register(
    "payments",
    _("Payments"),
    extra={"refund": _("refund"), "write_off": _("write off bad debts and recover them")},
    without=("delete",),
    masked_fields={"payments.amount": _("amount"), "payments.payer": _("payer")},
)


def _overdue(user):
    return keyset.count_briefly(Instalment.objects.overdue(clock.today()), user.scope(Instalment)) if user.may("instalments.view") else None


nav.pages.add("payments", nav.Page(_("Payments"), "deals:payments:list", "coins", "deals", "payments.view", 70, count=_overdue, tab=5))
nav.creations.add("payments", nav.Creation(_("Payment"), "deals:payments:new", "coins", "payments.create", 65))
router.register("payments", PaymentViewSet)
router.register("instalments", InstalmentViewSet)
router.register(r"orders/(?P<order>\d{1,18})/plan", PlanViewSet, basename="order-plan")
router.register(r"orders/(?P<order>\d{1,18})/write-off", WriteOffViewSet, basename="order-write-off")
order_page.deeds.add("payments", page.order_deeds)
order_page.facts.add("20-money", page.order_facts)
contract_page.facts.add("20-money", page.contract_facts)
company_page.facts.add("10-money", page.company_facts)
company_page.tabs.add("payments", company_page.Tab(_("Payments"), "deals:payments:list", "payments.view", 50))
panels.add("order-plan", Panel("orders", "deals/payments/plan_panel.html", page.order_plan, "instalments.view", 10, "middle"))
panels.add("contract-plan", Panel("contracts", "deals/payments/plan_panel.html", page.contract_plan, "instalments.view", 10, "middle"))
panels.add("order-payments", Panel("orders", "deals/payments/payments_panel.html", page.order_payments, "payments.view", 20))
panels.add("contract-payments", Panel("contracts", "deals/payments/payments_panel.html", page.contract_payments, "payments.view", 20))
panels.add("opportunity-money", Panel("opportunities", "deals/payments/company_panel.html", page.opportunity_money, "contracts.view", 20))
panels.add("company-money", Panel("companies", "deals/payments/company_panel.html", page.company_money, "contracts.view", 20))


@before_cancel.named("money")
def no_money_kept(order):
    """An order for which we hold money, or gave some up, cannot be cancelled."""
    account = balance(order)
    if account.kept or account.bad_debt:
        raise WrongState(
            _("%(received)s was received for this order. Refund it first, then the order can be cancelled.")
            % {"received": formats.money(account.kept, order.currency)},
            code="money_received",
            facts={"received": str(account.kept), "bad_debt": str(account.bad_debt)},
        )


def _find(actor, typed, limit):
    rows = first_in_scope(Payment.objects.filter(by_number(typed, SERIES)).select_related("company"), actor, limit)
    return [Hit(row.number, f"/deals/payments/{row.pk}/", str(row.company)) for row in rows]


finders.add("payments", Finder(_("Payments"), "coins", "payments.view", _find, 70))


def _money_of(rows, actor):
    """The money of all companies of a page, of those that this person reaches as a whole."""
    if not (actor.may("contracts.view") and actor.may("payments.view") and readable(actor, "payments.amount")):
        return {}
    return facts_for([row.pk for row in rows if allows(actor, "contracts.view", row) and allows(actor, "payments.view", row)])


def _money_cell(column, name):
    def cell(row, drawing):
        value = getattr(drawing.loaded[column].get(row.pk, Facts()), name)
        if not value:
            return None
        text = formats.money_plain(value)
        return components.alarm("bad", text, "alert-triangle") if name == "overdue" else text

    return cell


def _money_total(name):
    def total(listing):
        if _money_of not in listing.memo:
            companies = listing.in_scope().select_related(None).only("pk", "owner_id", "team_id")
            listing.memo[_money_of] = _money_of(companies, listing.actor)
        value = sum(getattr(found, name) for found in listing.memo[_money_of].values())
        return formats.money_plain(value) if value else ""

    return total


def _accounts_of_orders(rows, actor):
    """The accounts of all orders of a page."""
    return balances(Order.objects.filter(pk__in=[row.pk for row in rows])) if readable(actor, "payments.amount") else {}


def _outstanding_cell(row, drawing):
    account = drawing.loaded["outstanding"].get(row.pk)
    return formats.money_plain(account.outstanding) if account and account.outstanding else None


def _accounts_of_contracts(rows, actor):
    """What was ordered and what came in under each contract of a page, and its next open instalment: two queries."""
    if not readable(actor, "payments.amount"):
        return {}
    orders = dict(Order.objects.placed().filter(contract__in=rows).values_list("pk", "contract_id"))
    found = {row.pk: {"ordered": 0, "kept": 0, "next": None} for row in rows}
    for pk, account in balances(Order.objects.filter(pk__in=list(orders))).items():
        found[orders[pk]]["ordered"] += account.ordered
        found[orders[pk]]["kept"] += account.kept
    for row in Instalment.objects.filter(order__in=list(orders)).owed().order_by("-due_on", "-position"):
        found[orders[row.order_id]]["next"] = row
    return found


def _received_cell(row, drawing):
    found = drawing.loaded["received"].get(row.pk)
    if not found or not found["ordered"] or not (row.is_in_force or found["kept"]):
        return None
    return components.bar_cell(share(found["kept"], found["ordered"]), low=0)


def _next_cell(row, drawing):
    found = drawing.loaded["next_instalment"].get(row.pk)
    return states.due_of(found["next"]) if found and found["next"] else None


COMPANIES.extra.add(
    "signed",
    Column(
        "signed",
        _("Signed (CNY)"),
        _money_cell("signed", "signed"),
        total=_money_total("signed"),
        numeric=True,
        load=_money_of,
        position=40,
    ),
)
COMPANIES.extra.add(
    "overdue",
    Column(
        "overdue",
        _("Overdue (CNY)"),
        _money_cell("overdue", "overdue"),
        total=_money_total("overdue"),
        numeric=True,
        load=_money_of,
        position=50,
    ),
)
COMPANIES.extra.add(
    "received",
    Column(
        "received",
        _("Received (CNY)"),
        _money_cell("received", "received"),
        total=_money_total("received"),
        numeric=True,
        load=_money_of,
        shown=False,
        position=45,
    ),
)
ORDERS.extra.add("outstanding", Column("outstanding", _("Outstanding (CNY)"), _outstanding_cell, numeric=True, load=_accounts_of_orders, position=40))
CONTRACTS.extra.add("received", Column("received", _("Received"), _received_cell, load=_accounts_of_contracts, numeric=True, position=30))
CONTRACTS.extra.add("next_instalment", Column("next_instalment", _("Next instalment"), _next_cell, load=_accounts_of_contracts, position=40))
