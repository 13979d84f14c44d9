"""The pages of orders: load through the scope, call one verb, answer."""

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from crm.activity.timeline import timeline
from crm.bin.pages import BinPage, RestorePage
from crm.core.policy import allows
from crm.web.bulk import BulkPage
from crm.web.forms import HandOverForm
from crm.web.links import named_in_query
from crm.web.lists import Bulk, ListPage, Preset
from crm.web.pages import Act, FormPage, PanelsPart, RecordPage
from crm.web.panels import draw
from customers.companies.models import Company
from deals.contracts.models import Contract
from deals.opportunities.models import Opportunity
from deals.orders import beside, page, services, summing
from deals.orders import lines as order_lines
from deals.orders.filters import OrderFilters
from deals.orders.forms import CancelForm, DeclineForm, OrderForm
from deals.orders.lineforms import Lines
from deals.orders.models import Order
from deals.orders.tables import TABLE, state_of


class Orders(ListPage):
    """All orders the person may see."""

    model, table, filters = Order, TABLE, OrderFilters
    title = gettext_lazy("Orders")
    presets = (
        Preset("mine", gettext_lazy("Mine"), "owner=me"),
        Preset("drafts", gettext_lazy("Drafts"), "state=draft"),
        Preset("awaiting", gettext_lazy("Special price, waiting"), "awaiting=true"),
        Preset("placed", gettext_lazy("Ordered"), "state=placed&sort=-placed"),
        Preset("all", gettext_lazy("All"), ""),
    )
    bulk = (Bulk("assignment", gettext_lazy("Hand over"), "user-share", "deals:orders:bulk-assignment", "orders.assign"),)
    empty_icon = "shopping-cart"
    empty_title = gettext_lazy("No orders yet")
    empty_text = gettext_lazy("Place one under a signed contract or out of an opportunity, or import those you have.")
    create_url = "deals:orders:new"
    bin_url = "deals:orders:bin"
    import_kind = "orders"
    related = ("owner", "team", "company", "contract", "opportunity")


class OrderPage(RecordPage):
    """All we know about one order."""

    model = Order
    related = ("owner", "team", "company", "contract", "opportunity", "opportunity__stage", "special_price_agreed_by")
    template = "deals/orders/detail.html"

    def context(self, request, record):
        actor = request.user
        return page.of(record, actor) | {
            "state": state_of(record),
            "middle_panels": draw(request, "orders", record, "middle"),
            "timeline": timeline(record, actor),
            "may_edit": record.is_draft and allows(actor, "orders.edit", record),
            "may_delete": record.is_draft and allows(actor, "orders.delete", record),
            "may_assign": allows(actor, "orders.assign", record),
        }


class OrderPanels(PanelsPart):
    """What other rooms show on the page of an order."""

    model = Order
    related = ("company", "contract")


class OrderFormPage(FormPage):
    """An order with its rows of lines: rows are added and dropped, and the sum is told, before anything is saved."""

    model, form = Order, OrderForm
    template = "deals/orders/form.html"
    related = ("owner", "company", "contract", "opportunity")

    def post(self, request, pk=None):
        if "recount" in request.POST:
            told = summing.posted(request.POST, request.user, record=self.record(request, pk))
            return render(request, "deals/orders/recount.html", told)
        if "more" in request.POST or "drop" in request.POST:
            return self.reshape(request, self.record(request, pk))
        return super().post(request, pk)

    def reshape(self, request, record):
        """The rows with some more or one fewer; without scripts the whole page, nothing that was written lost."""
        shape = Lines.reshaped(request.POST, actor=request.user)
        initial = {name: request.POST[name] for name in self.form.base_fields if name in request.POST}
        form = self.form(actor=request.user, record=record, initial=initial, shape=shape)
        if request.htmx:
            return render(request, "deals/orders/lines.html", {"form": form, **self.told(request, form, record)})
        return self.show(request, form, record)

    def show(self, request, form, record, status=200, **extra):
        return super().show(request, form, record, status, **self.told(request, form, record), **extra)

    def known(self, request, record):
        """The lines known before anything was typed."""
        return order_lines.read(record) if record else []

    def told(self, request, form, record):
        """Prices and sums for the rows of a form, each row's own on the row itself."""
        if not form.lines:
            return {}
        if request.method == "POST":
            found = summing.posted(request.POST, request.user, record=record)
        else:
            values = {name: form.get_initial_for_field(form.fields[name], name) for name in ("currency", "contract", "marked_special")}
            values["contract"] = getattr(values["contract"], "pk", values["contract"])
            found = summing.known(self.known(request, record), values, request.user, record=record)
        for row, told in zip(form.lines.forms, found["lines"], strict=False):
            row.told = told
        return {name: found[name] for name in ("sum", "under")}

    def done(self, request, saved):
        if words := beside.warning(beside.of_order(saved), request.user):
            messages.warning(request, words)
        return super().done(request, saved)

    def success_url(self, saved):
        return reverse("deals:orders:detail", args=[saved.pk])


class CreateOrder(OrderFormPage):
    """Draft an order; `?contract=12`, `?opportunity=12` or `?company=12` says out of what."""

    action = "create"
    title = gettext_lazy("New order")

    def make_form(self, request, record, *data):
        if data:
            return self.form(*data, actor=request.user, record=record)
        initial = self.form.from_parents(**self.parents(request))
        return self.form(actor=request.user, record=record, initial=initial, known=self.known(request, record))

    def parents(self, request):
        """What the order comes out of."""
        models = {"contract": Contract, "opportunity": Opportunity, "company": Company}
        return {key: named_in_query(request, model, key) for key, model in models.items()}

    def known(self, request, record):
        found = self.parents(request)
        return order_lines.expected(found["opportunity"] or (found["contract"] and found["contract"].opportunity))

    def save(self, request, form, record):
        return services.create(form.values(), form.line_values(), by=request.user, once=form.cleaned_data["once"])


class EditOrder(OrderFormPage):
    """Change a draft."""

    done_message = gettext_lazy("Saved")

    def record(self, request, pk):
        order = super().record(request, pk)
        services.refuse_unless_draft(order)
        return order

    def make_form(self, request, record, *data):
        return self.form(*data, known=() if data else self.known(request, record), actor=request.user, record=record)

    def save(self, request, form, record):
        return services.update(record, form.values(), form.line_values(), by=request.user, version=form.cleaned_data["version"])

    def heading(self, record):
        return _("Edit %(name)s") % {"name": record}


class OrderAct(Act):
    """A button on the page of an order."""

    model = Order


class AgreeSpecialPrice(OrderAct):
    """The team lead agrees to the price."""

    action = "agree_special_price"

    def act(self, request, record):
        services.agree_special_price(record, by=request.user)
        return _("The special price is agreed to")


class OrderAsk(FormPage):
    """A question about an order, after which one is back on its page."""

    model = Order

    def success_url(self, saved):
        return reverse("deals:orders:detail", args=[saved.pk])

    def cancel_url(self, request, record):
        return self.success_url(record)


class DeclineSpecialPrice(OrderAsk):
    """The team lead does not agree to the price."""

    form, action = DeclineForm, "agree_special_price"
    title = gettext_lazy("Decline the special price")
    done_message = gettext_lazy("The special price is declined; the owner is told")

    def save(self, request, form, record):
        return services.decline_special_price(record, reason=form.cleaned_data["reason"], by=request.user)


class PlaceOrder(OrderAct):
    """The customer has ordered."""

    def act(self, request, record):
        order = services.place(record, by=request.user)
        if order.opportunity:
            return _("%(number)s is placed, %(opportunity)s is won") % {"number": order, "opportunity": order.opportunity}
        return _("%(number)s is placed") % {"number": order}


class CancelOrder(OrderAsk):
    """Call an order off."""

    form = CancelForm
    title = gettext_lazy("Cancel the order")
    done_message = gettext_lazy("The order is cancelled")

    def save(self, request, form, record):
        return services.cancel(record, reason=form.cleaned_data["reason"], by=request.user)


class AssignOrder(FormPage):
    """Give an order to another person."""

    model, form, action = Order, HandOverForm, "assign"
    title = gettext_lazy("Hand over")

    def save(self, request, form, record):
        services.assign([record], to=form.cleaned_data["owner"], by=request.user, reason=form.cleaned_data["reason"])
        return record

    def success_url(self, saved):
        return reverse("deals:orders:detail", args=[saved.pk])


class DeleteOrder(Act):
    """Put a draft into the bin."""

    model, action = Order, "delete"

    def act(self, request, record):
        services.delete(record, by=request.user)
        return _("%(name)s is in the bin") % {"name": record}

    def success_url(self, record):
        return reverse("deals:orders:list")


class OrderBin(BinPage):
    """Deleted drafts."""

    model = Order
    title = gettext_lazy("Deleted orders")
    list_url, restore_url = "deals:orders:list", "deals:orders:restore"


class RestoreOrder(RestorePage):
    """Take a draft out of the bin."""

    model, bin_url = Order, "deals:orders:bin"


class BulkAssign(BulkPage):
    """Hand many orders over."""

    model, action, list_url, form = Order, "assign", "deals:orders:list", HandOverForm
    title = gettext_lazy("Hand over")

    def act(self, request, rows, form):
        to = form.cleaned_data["owner"]
        moved = services.assign(rows, to=to, by=request.user, reason=form.cleaned_data["reason"])
        words = ngettext("%(n)d order handed to %(name)s", "%(n)d orders handed to %(name)s", len(moved))
        return words % {"n": len(moved), "name": to}
