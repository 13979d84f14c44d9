"""The words for the events of money: on timelines, and to those who are told of them."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from crm.accounts.models import User
from crm.activity.wording import describer
from crm.notifications.notices import Told, on, says
from crm.web import formats
from crm.web.amounts import amount, readable
from deals.payments import events
from deals.payments.identities import IDENTITIES
from deals.payments.models import Payment


@describer(events.PLANNED, group="money", icon="calendar-event", changes=False)
def planned(activity, facts):
    """When an order is to be paid."""
    parts = activity.data["parts"]
    title = ngettext("Payment planned in %(n)d part", "Payment planned in %(n)d parts", len(parts)) % {"n": len(parts)}
    return title, _("Order %(number)s") % {"number": activity.data["number"]}


@describer(events.RECEIVED, group="money", icon="coins", tone="ok", changes=False)
def received(activity, facts):
    """Money came in."""
    return _("Received %(amount)s") % {"amount": _worth(facts)}, _which(facts)


@describer(events.REFUNDED, group="money", icon="arrow-back-up", tone="warn", changes=False)
def refunded(activity, facts):
    """Money went back, with the reason."""
    return _("Refunded %(amount)s") % {"amount": _worth(facts)}, _which(facts)


@describer(events.WITHDRAWN, group="money", icon="arrow-back-up", tone="warn", changes=False)
def withdrawn(activity, facts):
    """Money that had been entered by mistake is owed again."""
    return _("Entry of %(amount)s taken back") % {"amount": _worth(facts)}, _which(facts)


@describer(events.WRITTEN_OFF, group="money", icon="alert-triangle", tone="bad", changes=False)
def written_off(activity, facts):
    """A part was given up as a bad debt, with the reason."""
    return _("Written off %(amount)s") % {"amount": _worth(facts)}, _which(facts)


@describer(events.RECOVERED, group="money", icon="arrow-back-up", changes=False)
def recovered(activity, facts):
    """A bad debt is outstanding again, with the reason."""
    return _("Bad debt of %(amount)s taken back") % {"amount": _worth(facts)}, _which(facts)


@describer(events.IDENTITY_BROKEN, group="money", icon="alert-triangle", tone="bad", changes=False)
def identity_broken(activity, facts):
    """A sum of money does not hold."""
    return _("The sums of this order do not add up"), str(IDENTITIES[activity.data["identity"]].words)


@on(events.IDENTITY_BROKEN)
def tell_who_can_act(activity):
    """Finance and administrators, by right."""
    people = User.objects.with_rights().filter(is_active=True, is_system=False)
    facts = {"number": activity.data["number"], "identity": activity.data["identity"]}
    concerned = (user for user in people if user.may("payments.write_off") or user.may("house.administer"))
    return [Told(user.pk, facts, f"/deals/orders/{activity.object_id}/", own=True) for user in concerned]


@says(events.IDENTITY_BROKEN)
def identity_broken_words(facts):
    """The words of the notice."""
    return _("The sums of order %(number)s do not add up") % facts, str(IDENTITIES[facts["identity"]].words)


@describer(events.ALLOCATED, group="money", icon="arrows-exchange", changes=False)
def allocated(activity, facts):
    """A payment settles other instalments."""
    return _("Payment settles other instalments"), _which(facts)


@on(events.RECEIVED)
def owner_of_money(activity):
    """Whoever owns the order hears that money came in."""
    payment = Payment.objects.select_related("company", "order", "owner").filter(pk=activity.object_id).first()
    if payment is None or payment.owner_id is None:
        return []
    whole = readable(payment.owner, "payments.amount")
    facts = {"company": str(payment.company), "order": str(payment.order), "amount": str(payment.amount) if whole else "", "currency": payment.currency}
    return [Told(payment.owner_id, facts, f"/deals/payments/{payment.pk}/")]


@says(events.RECEIVED)
def received_words(facts):
    """The words for money that came in."""
    worth = formats.money(Decimal(facts["amount"]), facts["currency"]) if facts["amount"] else ""
    return _("Received %(amount)s") % {"amount": worth}, pgettext("between listed things", ", ").join((facts["company"], facts["order"]))


def _worth(facts):
    data = facts.activity.data
    return amount(facts.actor, "payments.amount", abs(Decimal(data["amount"])), data["currency"])


def _which(facts):
    data = facts.activity.data
    words = _("%(number)s for order %(order)s") % {"number": data["number"], "order": data["order"]}
    return f"{words}{pgettext('between sentences', '. ')}{data['reason']}" if data.get("reason") else words
