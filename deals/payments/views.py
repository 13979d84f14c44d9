"""The pages of money: load through the scope, call one verb, answer."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from crm.activity.timeline import timeline
from crm.core.policy import require
from crm.web import formats
from crm.web.amounts import readable
from crm.web.lists import ListPage, Preset
from crm.web.pages import FormPage, RecordPage, load
from deals.orders.models import Order
from deals.payments import page, planning, services
from deals.payments.aging import aging
from deals.payments.balances import balance
from deals.payments.filters import InstalmentFilters, PaymentFilters, name_of, words_of
from deals.payments.forms import AllocateForm, BackForm, ReceiveForm
from deals.payments.models import Instalment, Payment
from deals.payments.planforms import Parts, PlanForm, SplitForm
from deals.payments.tables import INSTALMENTS, PAYMENTS


class Payments(ListPage):
    """All money that moved."""

    model, table, filters = Payment, PAYMENTS, PaymentFilters
    title = gettext_lazy("Payments")
    template = "deals/payments/list.html"
    presets = (
        Preset("all", gettext_lazy("All"), ""),
        Preset("mine", gettext_lazy("Mine"), "owner=me"),
        Preset("refunds", gettext_lazy("Refunds"), "kind=refund"),
        Preset("bad_debts", gettext_lazy("Bad debts"), "kind=bad_debt"),
    )
    empty_icon = "coins"
    empty_title = gettext_lazy("No payments yet")
    empty_text = gettext_lazy("Payments are received on the page of an order, or imported.")
    create_url = "deals:payments:new"
    import_kind = "payments"
    related = ("owner", "team", "company", "order")


class Instalments(ListPage):
    """All parts of payment plans: what is overdue, due and paid."""

    model, table, filters = Instalment, INSTALMENTS, InstalmentFilters
    title = gettext_lazy("Payments")
    template = "deals/payments/instalments.html"
    presets = (
        Preset("overdue", gettext_lazy("Overdue"), "state=overdue"),
        Preset("soon", gettext_lazy("Due within 30 days"), "within=30"),
        Preset("open", gettext_lazy("All open"), "state=open"),
        Preset("mine", gettext_lazy("Mine"), "owner=me&state=open"),
        Preset("all", gettext_lazy("All"), ""),
    )
    empty_icon = "calendar-event"
    empty_title = gettext_lazy("Nothing is planned yet")
    empty_text = gettext_lazy("Plan the payments of a placed order on its page.")
    related = ("owner", "team", "company", "order", "order__contract")


class Aging(View):
    """What is overdue by its age, above the list of instalments; fetched after it."""

    def get(self, request):
        require(request.user, "instalments.view")
        buckets = aging(Instalment.objects.visible_to(request.user)) if readable(request.user, "instalments.amount") else []
        ages = [
            {"words": words_of(b.first, b.last), "amount": formats.money_short(b.amount), "name": name_of(b.first, b.last), "is_none": not b.amount}
            for b in buckets
        ]
        return render(request, "deals/payments/aging.html", {"ages": ages})


class PaymentPage(RecordPage):
    """All we know about one movement of money."""

    model = Payment
    related = ("owner", "team", "company", "order", "order__contract", "reverses")
    template = "deals/payments/detail.html"

    def context(self, request, record):
        return page.of_payment(record, request.user) | {"timeline": timeline(record, request.user)}


class Receive(FormPage):
    """Money came in: for the order of the address, or for one that is chosen."""

    model, form = Payment, ReceiveForm
    title = gettext_lazy("Receive a payment")
    done_message = gettext_lazy("The payment is recorded")

    def record(self, request, pk):
        require(request.user, "payments.create")
        return load_order(request, pk, "payments.create") if pk else None

    def save(self, request, form, record):
        values = form.values()
        order = record or values.pop("order")
        return services.receive(order, values, by=request.user, once=form.cleaned_data["once"])

    def heading(self, record):
        return _("Receive a payment for %(number)s") % {"number": record} if record else self.title

    def success_url(self, saved):
        return reverse("deals:orders:detail", args=[saved.order_id])


class WriteOff(FormPage):
    """Give up a part of what is outstanding."""

    form = BackForm
    title = gettext_lazy("Write off")
    done_message = gettext_lazy("Written off")

    def record(self, request, pk):
        return load_order(request, pk, "payments.write_off")

    def save(self, request, form, record):
        values = form.values()
        services.write_off(record, values["amount"], reason=values["reason"], on=values["on"], by=request.user, once=form.cleaned_data["once"])
        return record

    def success_url(self, saved):
        return reverse("deals:orders:detail", args=[saved.pk])


class Back(FormPage):
    """Money goes back, or a bad debt comes back: a new row that reverses the old one."""

    model, form = Payment, BackForm
    related = ("order", "company")
    verb = None

    def save(self, request, form, record):
        values = form.values()
        return self.verb(record, values["amount"], reason=values["reason"], on=values["on"], by=request.user, once=form.cleaned_data["once"])

    def success_url(self, saved):
        return reverse("deals:payments:detail", args=[saved.pk])


class Refund(Back):
    """Give back a receipt or a part of it."""

    action, verb = "refund", staticmethod(services.refund)
    title = gettext_lazy("Refund")
    done_message = gettext_lazy("Refunded")


class Recover(Back):
    """Take back a bad debt or a part of it."""

    action, verb = "write_off", staticmethod(services.recover)
    title = gettext_lazy("Recover a bad debt")
    done_message = gettext_lazy("Recovered: so much is outstanding again")


class Allocate(FormPage):
    """Say which instalments a payment settles."""

    model, form = Payment, AllocateForm
    related = ("order", "company")
    title = gettext_lazy("What the payment settles")
    done_message = gettext_lazy("Saved")

    def save(self, request, form, record):
        return services.allocate(record, form.values(), by=request.user)

    def success_url(self, saved):
        return reverse("deals:payments:detail", args=[saved.pk])


class Plan(FormPage):
    """Plan the payments of an order: cut it into parts, change them, save them."""

    form = PlanForm
    template = "deals/payments/plan.html"
    done_message = gettext_lazy("The plan is saved")

    def record(self, request, pk):
        order = load_order(request, pk, "instalments.edit")
        services.refuse_unplaced(order)
        return order

    def make_form(self, request, record, *data):
        rows = [{"due_on": row.due_on, "amount": row.open} for row in self.parts(record) if row.open > 0]
        return self.form(*data, known=() if data else rows, actor=request.user, record=record)

    def post(self, request, pk=None):
        if "split" in request.POST:
            return self.split(request, self.record(request, pk))
        if "more" in request.POST or "drop" in request.POST:
            shape = Parts.reshaped(request.POST, actor=request.user)
            record = self.record(request, pk)
            return self.show(request, self.form(actor=request.user, record=record, shape=shape), record)
        return super().post(request, pk)

    def split(self, request, record):
        """Fill the rows as asked; nothing is saved yet."""
        asked = SplitForm(request.POST, actor=request.user, record=record, prefix="split")
        rows = asked.split(planning.unsettled(record))
        shape = Parts.reshaped(request.POST, actor=request.user) if rows is None else Parts(known=rows, actor=request.user, spare=0)
        form = self.form(actor=request.user, record=record, shape=shape)
        form.split_form = asked
        return self.show(request, form, record, status=422 if rows is None else 200)

    def save(self, request, form, record):
        planning.plan(record, form.parts.pairs(), by=request.user)
        return record

    def parts(self, record):
        """The instalments there are, with what settled them."""
        return Instalment.objects.filter(order=record).with_open().due_first()

    def context(self, request, record):
        settled = [row for row in self.parts(record) if row.settled > 0]
        return {"wanted": planning.unsettled(record), "settled": settled, "account": balance(record)}

    def heading(self, record):
        return _("Payment plan of %(number)s") % {"number": record}

    def done(self, request, saved):
        return redirect("deals:orders:detail", saved.pk)


def load_order(request, pk, right):
    """The order of the address: 404 outside the scope, 403 where only the right for its money is missing."""
    order = load(Order, request.user, pk, related=("company", "owner", "contract"))
    require(request.user, right, order)
    return order
