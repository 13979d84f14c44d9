"""What becomes of deals and money when companies or people are merged, and which steps the rows say a company has reached."""

from django.db.models import Min

from crm.core import clock
from customers.companies import services as companies
from customers.companies.models import Step
from customers.merging.kinds import followers
from customers.merging.relations import moves, stays
from deals.contracts.models import Contract
from deals.opportunities.models import Opportunity
from deals.orders.models import Order
from deals.payments.models import Instalment, Payment

for _model in (Opportunity, Contract, Order, Instalment, Payment):
    moves(_model, "company", "what was dealt with one of them was dealt with the customer", counted=True)
moves(Opportunity, "contact", "the person to deal with is the one that stays", counted=True)
stays(Opportunity, "lead", "an opportunity comes from a lead that became a customer, and such leads are not merged")

# Which rows take a company to a step, and when: a moment, or a day.
REACHED = (
    (Step.OPPORTUNITY, Opportunity.objects.live(), "opened_at"),
    (Step.SIGNED, Contract.objects.live(), "signed_on"),
    (Step.SIGNED, Order.objects.live(), "placed_at"),
    (Step.PAID, Payment.objects.live().filter(kind=Payment.Kind.RECEIPT), "received_on"),
)


def follow(kind, ids, event):
    """A company stands where its rows say, at the latest; what it reached by rows that lie elsewhere now stays known."""
    if kind.noun != "companies":
        return
    for step, rows, name in REACHED:
        found = rows.filter(company__in=ids, **{f"{name}__isnull": False}).order_by().values_list("company").annotate(Min(name))
        moments = {pk: at if hasattr(at, "hour") else clock.moment_on(at) for pk, at in found}
        if moments:
            companies.reach_many(moments, step)


followers.add("deals", follow)
