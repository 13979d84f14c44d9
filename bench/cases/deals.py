"""The lists of sales and of money, the board and the day's queue."""

from deals.models import Opportunity, Order

LISTS = {
    "opportunities": "/deals/opportunities/",
    "board": "/deals/opportunities/board/",
    "leads": "/deals/leads/",
    "contracts": "/deals/contracts/",
    "orders": "/deals/orders/",
    "payments": "/deals/payments/",
    "instalments": "/deals/payments/instalments/",
    "contacts": "/customers/contacts/",
    "interactions": "/interactions/",
    "follow-ups": "/followups/",
    "feedback": "/feedback/tickets/",
}


def add(book, people, clients):
    """Each list for the administrator, a manager and a rep; the records; the queue of a rep."""
    for name, url in LISTS.items():
        for who in ("admin", "manager", "rep"):
            book.add(f"{name}: {who}", lambda url=url, who=who: clients[who].get(url))
    admin = clients["admin"]
    deal, order = Opportunity.objects.order_by("-pk").first(), Order.objects.order_by("-pk").first()
    book.add("record of an opportunity: admin", lambda: admin.get(f"/deals/opportunities/{deal.pk}/"))
    book.add("record of an order: admin", lambda: admin.get(f"/deals/orders/{order.pk}/"))
    book.add("daily queue: rep", lambda: clients["rep"].get("/queue/"))
