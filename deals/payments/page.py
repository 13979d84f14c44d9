"""What money shows on pages: of a payment, of an order, of a contract, of a company."""

from django.db.models import Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from crm.core import clock
from crm.core.policy import allows
from crm.web import formats
from crm.web.amounts import COVERED, amount, readable
from crm.web.asking import Deed
from crm.web.links import link_to
from crm.web.panels import ROWS
from customers.companies.page import Fact
from deals.contracts.models import Contract
from deals.contracts.tables import state_of as contract_state
from deals.orders.models import Order
from deals.payments import allocation, states
from deals.payments.balances import balance, balances, share
from deals.payments.facts import facts_for
from deals.payments.forms import BackForm
from deals.payments.models import Instalment, Payment

FIELD = "payments.amount"


def of_payment(payment, actor):
    """The page of one payment."""
    settled = allocation.allocated(payment.reverses or payment)
    free = allocation.left(payment) - sum(settled.values()) if not payment.reverses_id else 0
    return {
        "amount": amount(actor, FIELD, payment.amount, payment.currency),
        "kind": states.kind_of(payment),
        "payer": payment.payer if readable(actor, "payments.payer") else COVERED,
        "company": link_to(actor, payment.company, f"/customers/companies/{payment.company_id}/"),
        "order": link_to(actor, payment.order, f"/deals/orders/{payment.order_id}/"),
        "settled": [
            {"row": row, "amount": amount(actor, FIELD, part, payment.currency)}
            for row, part in sorted(settled.items(), key=lambda pair: pair[0].due_on)
        ],
        "free": amount(actor, FIELD, free, payment.currency) if free else "",
        "reversals": [{"payment": row, "amount": amount(actor, FIELD, row.amount, row.currency)} for row in payment.reversals.order_by("pk")],
        "deeds": payment_deeds(payment, actor),
    }  # fmt: skip


def payment_deeds(payment, actor):
    """What this person may do with a payment."""
    found = []
    if payment.reverses_id:
        return found
    if allows(actor, "payments.edit", payment) and payment.order.instalments.exists():
        found.append(Deed(_("Change what it settles"), "allocation/", "arrows-exchange", is_link=True))
    if allocation.left(payment) <= 0:
        return found
    if payment.kind == Payment.Kind.RECEIPT and allows(actor, "payments.refund", payment):
        found.append(Deed(_("Refund"), "refund/", "arrow-back-up", "danger", BackForm(actor=actor, record=payment)))
    if payment.kind == Payment.Kind.BAD_DEBT and allows(actor, "payments.write_off", payment):
        found.append(Deed(_("Recover"), "recovery/", "arrow-back-up", form=BackForm(actor=actor, record=payment)))
    return found


def order_deeds(order, actor):
    """What this person may do about the money of an order."""
    if not order.is_placed:
        return []
    here, found = reverse("deals:orders:detail", args=[order.pk]), []
    outstanding = balance(order).outstanding
    if outstanding > 0 and allows(actor, "payments.create", order):
        found.append(Deed(_("Receive a payment"), f"{here}payments/", "coins", "primary", is_link=True))
    if allows(actor, "instalments.edit", order):
        found.append(Deed(_("Payment plan"), f"{here}plan/", "calendar-event", is_link=True))
    if outstanding > 0 and allows(actor, "payments.write_off", order):
        found.append(Deed(_("Write off"), f"{here}write-off/", "alert-triangle", form=BackForm(actor=actor, record=order)))
    return found


def order_facts(order, actor):
    """What came in for an order and what is still missing."""
    if not order.is_placed or not _may_read(actor):
        return []
    account = balance(order)
    overdue = _overdue(Instalment.objects.filter(order=order))
    return _money_facts(f"order={order.pk}", account.kept, account.outstanding, overdue, account.bad_debt, order.currency)


def contract_facts(contract, actor):
    """What came in under a contract and what is still missing."""
    orders = Order.objects.placed().filter(contract=contract)
    accounts = balances(orders).values()
    if not accounts or not _may_read(actor):
        return []
    sums = (sum(getattr(account, name) for account in accounts) for name in ("kept", "outstanding", "bad_debt"))
    kept, outstanding, bad_debt = sums
    overdue = _overdue(Instalment.objects.filter(order__contract=contract))
    return _money_facts(f"contract={contract.pk}", kept, outstanding, overdue, bad_debt, contract.currency)


def company_facts(company, actor):
    """What a company has signed, paid and not paid in time, for those who reach all of it."""
    if not (_may_read(actor) and allows(actor, "contracts.view", company) and allows(actor, "payments.view", company)):
        return []
    found = facts_for([company.pk])[company.pk]
    ordered = Order.objects.placed().filter(company=company).aggregate(total=Sum("amount"))["total"] or 0
    if not (found.signed or found.received or found.overdue):
        return []
    contracts, payments, due = reverse("deals:contracts:list"), reverse("deals:payments:list"), reverse("deals:payments:instalments")
    facts = [
        Fact(_("Signed amount"), formats.money(found.signed), f"{contracts}?company={company.pk}&state=signed&state=executing&state=done"),
        Fact(_("Received"), formats.money(found.received), f"{payments}?company={company.pk}", share=share(found.received, ordered)),
    ]
    if found.overdue:
        facts.append(Fact(_("Overdue receivables"), formats.money(found.overdue), f"{due}?company={company.pk}&state=overdue", tone="bad"))
    return facts


def order_plan(order, actor):
    """The plan of an order, for its page."""
    if not order.is_placed:
        return None
    return _plan(Instalment.objects.visible_to(actor).filter(order=order), order.amount, balance(order).kept, actor) | {
        "plan_url": reverse("deals:payments:plan", args=[order.pk]) if allows(actor, "instalments.edit", order) else "",
        "one_order": True,
    }


def contract_plan(contract, actor):
    """The plans of all orders under a contract, for its page."""
    orders = Order.objects.visible_to(actor).placed().filter(contract=contract)
    accounts = balances(orders)
    if not accounts:
        return None
    total = sum(account.ordered for account in accounts.values())
    kept = sum(account.kept for account in accounts.values())
    rows = Instalment.objects.visible_to(actor).filter(order__in=list(accounts))
    return _plan(rows, total, kept, actor) | {"one_order": False}


def order_payments(order, actor):
    """The movements of money of an order, for its page."""
    if not order.is_placed and not order.payments.exists():
        return None
    return _movements(Payment.objects.visible_to(actor).filter(order=order), actor, f"order={order.pk}")


def contract_payments(contract, actor):
    """The movements of money under a contract, for its page."""
    return _movements(Payment.objects.visible_to(actor).filter(order__contract=contract), actor, f"contract={contract.pk}")


def company_money(company, actor):
    """The latest contracts of a company, each with its strip."""
    return _latest(Contract.objects.visible_to(actor).filter(company=company), f"company={company.pk}", actor)


def opportunity_money(opportunity, actor):
    """The contracts that came out of an opportunity, each with its strip."""
    return _latest(Contract.objects.visible_to(actor).filter(opportunity=opportunity), f"opportunity={opportunity.pk}", actor)


def _latest(rows, query, actor):
    contracts = list(rows.order_by("-pk")[:ROWS])
    return {
        "contracts": [_with_strip(*found, actor) for found in _strips(contracts, actor)],
        "count": rows.count() if len(contracts) == ROWS else len(contracts),
        "all_url": f"{reverse('deals:contracts:list')}?{query}",
        "new_url": f"{reverse('deals:contracts:new')}?{query}" if actor.may("contracts.create") else "",
    }


def _strips(contracts, actor):
    orders = {order.pk: order for order in Order.objects.placed().filter(contract__in=contracts)}
    accounts = balances(Order.objects.filter(pk__in=list(orders)))
    parts = list(Instalment.objects.visible_to(actor).filter(order__in=list(orders)).with_open())
    for contract in contracts:
        mine = {pk for pk, order in orders.items() if order.contract_id == contract.pk}
        sums = [sum(getattr(accounts[pk], name) for pk in mine) for name in ("ordered", "kept")]
        yield contract, [row for row in parts if row.order_id in mine], *sums


def _with_strip(contract, parts, ordered, kept, actor):
    shows = contract.is_in_force and _may_read(actor)
    return {
        "contract": contract,
        "state": contract_state(contract),
        "amount": amount(actor, "contracts.amount", contract.amount, contract.currency),
        "strip": states.strip_of(parts, ordered, kept) if shows else None,
    }


def _plan(rows, total, kept, actor):
    rows = list(rows.with_open().select_related("order"))
    shares = _may_read(actor)
    return {
        "strip": states.strip_of(rows, total, kept) if shares else None,
        "parts": [
            {
                "row": row, "n": place, "state": states.state_of(row),
                "amount": formats.money_plain(row.amount) if shares else COVERED,
                "settled": (formats.money_plain(row.settled) if shares else COVERED) if row.settled else "",
            }
            for place, row in states.numbered(rows)
        ],
    }  # fmt: skip


def _movements(rows, actor, query):
    found = list(rows.order_by("-received_on", "-pk")[: ROWS + 3])
    return {
        "payments": [{"payment": row, "kind": states.kind_of(row), "amount": amount(actor, FIELD, row.amount, row.currency)} for row in found[: ROWS + 2]],
        "more": len(found) > ROWS + 2,
        "all_url": f"{reverse('deals:payments:list')}?{query}",
    }


def _money_facts(query, kept, outstanding, overdue, bad_debt, currency):
    payments, due = reverse("deals:payments:list"), reverse("deals:payments:instalments")
    facts = [
        Fact(_("Received"), formats.money(kept, currency), f"{payments}?{query}"),
        Fact(_("Outstanding"), formats.money(outstanding, currency), f"{due}?{query}&state=open"),
    ]
    if overdue:
        facts.append(Fact(_("Overdue receivables"), formats.money(overdue, currency), f"{due}?{query}&state=overdue", tone="bad"))
    if bad_debt:
        facts.append(Fact(_("Bad debt"), formats.money(bad_debt, currency), f"{payments}?{query}&kind=bad_debt"))
    return facts


def _overdue(rows):
    return sum(row.open for row in rows.overdue(clock.today()))


def _may_read(actor):
    return actor.may("payments.view") and readable(actor, FIELD) and readable(actor, "instalments.amount")
