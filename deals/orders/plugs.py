"""What orders add to the house."""

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm.activity.numbers import by_number
from crm.core import rights
from crm.core.search import first_in_scope
from crm.files.keeping import keep_files_of
from crm.rest.router import router
from crm.web import nav
from crm.web.amounts import amount, readable
from crm.web.asking import Deed
from crm.web.panels import ROWS, Panel, panels
from crm.web.pickers import LIMIT, Picker, pickers
from crm.web.search import Finder, Hit, finders
from customers.companies import page as company_page
from customers.companies.page import Fact
from deals.contracts import page as contract_page
from deals.contracts.models import Contract
from deals.leads.outcomes import Outcome, outcomes
from deals.opportunities import page as opportunity_page
from deals.orders import asof, binning, from_leads, telling, undoing  # noqa: F401 - register the words of its events, and what can be taken back
from deals.orders.api import OrderViewSet
from deals.orders.filters import matching
from deals.orders.models import Order
from deals.orders.services import SERIES
from deals.orders.tables import state_of

rights.register(
    "orders",
    _("Orders"),
    extra={"agree_special_price": _("agree to special prices")},
    masked_fields={"orders.amount": _("amount")},
)
keep_files_of(Order, "deals:orders:detail")
nav.pages.add("orders", nav.Page(_("Orders"), "deals:orders:list", "shopping-cart", "deals", "orders.view", 65))
nav.creations.add("orders", nav.Creation(_("Order"), "deals:orders:new", "shopping-cart", "orders.create", 60))
router.register("orders", OrderViewSet)
outcomes.add("orders", Outcome(holds=from_leads.holds))
company_page.tabs.add("orders", company_page.Tab(_("Orders"), "deals:orders:list", "orders.view", 40))


def _search(actor, typed, **ids):
    rows = Order.objects.live().exclude(state="cancelled").filter(**{f"{name}_id": pk for name, pk in ids.items()})
    return list(first_in_scope((rows.filter(matching(typed)) if typed else rows).select_related("company"), actor, LIMIT))


def _one(actor, pk):
    return Order.objects.visible_to(actor).select_related("company").filter(pk=pk).first()


def _find(actor, typed, limit):
    rows = first_in_scope(Order.objects.live().filter(by_number(typed, SERIES)).select_related("company"), actor, limit)
    return [Hit(row.number, f"/deals/orders/{row.pk}/", str(row.company)) for row in rows]


pickers.add("orders", Picker(_search, _one, lambda row: row.company, ("company",)))
finders.add("orders", Finder(_("Orders"), "shopping-cart", "orders.view", _find, 60))


def _rows(orders, actor):
    return [{"order": row, "state": state_of(row), "amount": amount(actor, "orders.amount", row.amount, row.currency)} for row in orders]


def _of_contract(contract, actor):
    """The orders under a contract, for its page."""
    rows = list(Order.objects.visible_to(actor).filter(contract=contract).order_by("-pk")[: ROWS + 1])
    may_create = contract.is_in_force and actor.may("orders.create")
    new_url = f"{reverse('deals:orders:new')}?contract={contract.pk}" if may_create else ""
    all_url = f"{reverse('deals:orders:list')}?contract={contract.pk}"
    return {"rows": _rows(rows[:ROWS], actor), "more": len(rows) > ROWS, "new_url": new_url, "all_url": all_url}


def _of_product(product, actor):
    """The latest orders with a product, for its page."""
    rows = list(Order.objects.visible_to(actor).filter(lines__product=product).distinct().select_related("company").order_by("-pk")[: ROWS + 1])
    all_url = f"{reverse('deals:orders:list')}?product={product.pk}"
    return {"rows": _rows(rows[:ROWS], actor), "more": len(rows) > ROWS, "new_url": "", "all_url": all_url, "companies": True}


panels.add("contract-orders", Panel("contracts", "deals/orders/panel.html", _of_contract, "orders.view", 10))
panels.add("product-orders", Panel("products", "deals/orders/panel.html", _of_product, "orders.view", 10))


@contract_page.deeds.named("orders")
def _order_it(contract, actor):
    if not contract.is_in_force or not actor.may("orders.create"):
        return []
    has_one = Order.objects.live().exclude(state="cancelled").filter(contract=contract).exists()
    url = f"{reverse('deals:orders:new')}?contract={contract.pk}"
    return [Deed(gettext("Place an order"), url, "shopping-cart", "plain" if has_one else "primary", is_link=True)]


@opportunity_page.onward.named("20-order")
def _order_next(opportunity, actor):
    """The order that is due once the contract is signed, or the draft of one."""
    draft = Order.objects.live().visible_to(actor, "edit").filter(opportunity=opportunity, state="draft").order_by("-pk").first()
    if draft:
        return [Deed(gettext("Open the draft order"), reverse("deals:orders:detail", args=[draft.pk]), "shopping-cart", "primary", is_link=True)]
    contract = Contract.objects.drafted_for(opportunity).in_force().visible_to(actor).order_by("-pk").first()
    if contract is None or not actor.may("orders.create"):
        return []
    return [Deed(gettext("Place an order"), f"{reverse('deals:orders:new')}?contract={contract.pk}", "shopping-cart", "primary", is_link=True)]


@contract_page.facts.named("10-ordered")
def _ordered(contract, actor):
    rows = Order.objects.visible_to(actor).placed().filter(contract=contract).values_list("amount", "currency")
    if not rows or not readable(actor, "orders.amount"):
        return []
    url = f"{reverse('deals:orders:list')}?contract={contract.pk}&state=placed"
    return [Fact(gettext("Ordered"), amount(actor, "orders.amount", sum(row[0] for row in rows), contract.currency), url)]
