"""The verbs of payments: receive, refund, write off, recover, and say which instalment a payment settles."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from crm.activity import numbers, ownership
from crm.activity.spine import change, creation, lock
from crm.core import clock
from crm.core.errors import Invalid, WrongState
from crm.core.figures import figure
from crm.core.money import CENT
from crm.core.policy import require
from customers.companies import services as companies
from customers.companies.models import Step
from deals.contracts import services as contracts
from deals.orders.models import Order
from deals.payments import allocation, events
from deals.payments.balances import balance, balances
from deals.payments.cleaning import clean, clean_part, clean_reason
from deals.payments.models import Payment

Kind = Payment.Kind
SERIES = "HK"
OVER_OUTSTANDING = _("Only %(most)s is still outstanding on this order.")
OVER_RECEIVED = _("Only %(most)s of this payment is left to give back.")
OVER_WRITTEN_OFF = _("Only %(most)s of this bad debt is left to recover.")


def receive(order, values, *, by, onto=None, once=""):
    """Money came in for an order, never more than is outstanding; it settles what is due first, or the pairs in `onto`.

    `onto` holds pairs of instalment and amount.
    """
    with creation(events.RECEIVED, by=by, once=once, given={**values, "order": order.pk}) as found:
        order = lock(order)
        require(by, "payments.create", order)
        if found.repeated:
            return found.repeated
        refuse_unplaced(order)
        values = clean(values)
        values["amount"] = _within_outstanding(order, values["amount"])
        payment = _write(found, order, Kind.RECEIPT, **values)
        if onto is None:
            allocation.settle(payment, payment.amount)
        else:
            _put_onto(payment, onto)
        _complete_contract(order, by)
        companies.reach(order.company, Step.PAID, at=clock.moment_on(payment.received_on), event_of=found)
        return payment


def refund(payment, amount, *, reason, by, on=None, once=""):
    """Give back a part of a receipt or all of it; what was settled by it is owed again, the latest due first."""
    given = {"payment": payment.pk, "amount": amount, "reason": reason}
    with creation(events.REFUNDED, by=by, once=once, given=given) as found:
        order = lock(payment.order)
        require(by, "payments.refund", payment)
        if found.repeated:
            return found.repeated
        _refuse_unless(payment, Kind.RECEIPT)
        return _reverse(found, order, payment, amount, reason, on, OVER_RECEIVED, "over_received")


def withdraw(payment, *, by):
    """Take back a receipt that should never have been entered: a second row of the same day gives all of it back, and what it settled is owed again.

    The ledger keeps both rows. One that was given back in part, or by which a contract was completed, stays.
    """
    with creation(events.WITHDRAWN, by=by) as found:
        order, payment = lock(payment.order), lock(payment)
        require(by, "payments.refund", payment)
        _refuse_unless(payment, Kind.RECEIPT)
        if payment.reversals.exists():
            raise WrongState(_("A part of it was given back since; it stays."), code="given_back")
        if order.contract is not None and order.contract.state == order.contract.State.DONE:
            raise WrongState(_("The contract %(contract)s was completed by what was received; it stays.") % {"contract": order.contract}, code="completed")
        payment.external_id = ""
        payment.store("external_id")
        return _reverse(found, order, payment, payment.amount, str(_("Entered by mistake")), payment.received_on, OVER_RECEIVED, "over_received")


def write_off(order, amount, *, reason, by, on=None, once=""):
    """Give up a part of what is outstanding as a bad debt, with the reason."""
    given = {"order": order.pk, "amount": amount, "reason": reason}
    with creation(events.WRITTEN_OFF, by=by, once=once, given=given) as found:
        order = lock(order)
        require(by, "payments.write_off", order)
        if found.repeated:
            return found.repeated
        refuse_unplaced(order)
        amount = _within_outstanding(order, amount)
        found.data["reason"] = clean_reason(reason)
        payment = _write(found, order, Kind.BAD_DEBT, amount=amount, received_on=_past(on), notes=found.data["reason"])
        allocation.settle(payment, payment.amount)
        return payment


def recover(payment, amount, *, reason, by, on=None, once=""):
    """Take back a bad debt or a part of it: so much is outstanding again and can be received."""
    given = {"payment": payment.pk, "amount": amount, "reason": reason}
    with creation(events.RECOVERED, by=by, once=once, given=given) as found:
        order = lock(payment.order)
        require(by, "payments.write_off", payment)
        if found.repeated:
            return found.repeated
        _refuse_unless(payment, Kind.BAD_DEBT)
        return _reverse(found, order, payment, amount, reason, on, OVER_WRITTEN_OFF, "over_written_off")


def allocate(payment, onto, *, by):
    """Let a payment settle these instalments instead: `onto` holds pairs of instalment and amount; a rest stays as credit."""
    with change(events.ALLOCATED, payment, by=by, right="payments.edit") as (payment, found):
        lock(payment.order)
        if payment.reverses_id:
            raise WrongState(_("A refund follows the payment it gives back."), code="not_a_receipt")
        before = allocation.allocated(payment)
        if before == dict(onto):
            found.subject = None
            return payment
        allocation.write(payment, [(row, -amount) for row, amount in before.items()])
        _put_onto(payment, onto)
        _tell(found, payment)
        return payment


def refuse_unplaced(order):
    """Money is planned and taken for placed orders only."""
    if not order.is_placed:
        raise WrongState(
            _("This order is “%(state)s”; only a placed order can be paid.") % {"state": order.get_state_display()},
            code="not_placed",
        )


def _reverse(found, order, payment, amount, reason, on, sentence, code):
    left = allocation.left(payment)
    amount = clean_part(amount, most=left, currency=order.currency, sentence=sentence, code=code)
    free = left - sum(allocation.allocated(payment).values(), Decimal(0))
    found.data["reason"] = clean_reason(reason)
    reversal = _write(
        found,
        order,
        Kind.REFUND if payment.kind == Kind.RECEIPT else payment.kind,
        amount=-amount,
        received_on=_past(on),
        method=payment.method,
        notes=found.data["reason"],
        reverses=payment,
    )
    allocation.take_back(reversal, free)
    return reversal


def _within_outstanding(order, amount):
    return clean_part(amount, most=balance(order).outstanding, currency=order.currency, sentence=OVER_OUTSTANDING, code="over_outstanding")


def _write(found, order, kind, **values):
    """Add a row to the ledger of a locked order; it belongs to whoever the order belongs to."""
    payment = Payment(
        created_at=clock.now(),
        updated_at=clock.now(),
        number=numbers.take(SERIES),
        order=order,
        company=order.company,
        kind=kind,
        currency=order.currency,
        **values,
    )
    ownership.own(payment, order.owner, order.company)
    payment.save(force_insert=True)
    found.subject = payment
    _tell(found, payment)
    return payment


def _put_onto(payment, onto):
    """Settle exactly these instalments, none beyond what it still needs and all together no more than the payment is."""
    parts = [(row, figure(amount, least=CENT)) for row, amount in onto]
    openings = {row.pk: row.open for row in payment.order.instalments.with_open()}
    for row, amount in parts:
        if amount > openings.get(row.pk, 0):
            raise Invalid(
                _("Instalment %(position)d needs only %(open)s.") % {"position": row.position, "open": openings.get(row.pk, 0)},
                field="onto",
                code="over_instalment",
            )
        openings[row.pk] -= amount
    if sum(amount for _row, amount in parts) > allocation.left(payment):
        raise Invalid(_("This is more than the payment."), field="onto", code="over_payment")
    allocation.write(payment, parts)


def _complete_contract(order, by):
    """A contract whose orders make up its amount, all of them paid, is done."""
    if order.contract is None or not balance(order).is_paid:
        return
    # Held, so that of two orders paid at the same moment the later one sees the earlier.
    contract = lock(order.contract)
    if not contract.is_in_force:
        return
    accounts = balances(Order._base_manager.filter(contract=contract, state=Order.State.PLACED)).values()
    if all(account.is_paid for account in accounts) and sum(account.ordered for account in accounts) >= contract.amount:
        contracts.complete(contract, by=by, because=events.RECEIVED)


def _tell(found, payment):
    """What a timeline needs to say which payment it was, and whose timelines say it."""
    order = payment.order
    found.data.update(
        number=payment.number,
        order=order.number,
        amount=str(payment.amount),
        currency=payment.currency,
    )
    found.about(order)
    found.about_of(payment, "company")
    found.about_of(order, "contract", "opportunity")


def _refuse_unless(payment, kind):
    if payment.kind != kind or payment.reverses_id:
        raise WrongState(
            _("This is a %(kind)s and cannot be taken back like this.") % {"kind": payment.get_kind_display()},
            code="not_a_receipt" if kind == Kind.RECEIPT else "not_a_bad_debt",
        )


def _past(day):
    day = day or clock.today()
    if day > clock.today():
        raise Invalid(_("This day lies in the future."), field="on", code="future")
    return day
