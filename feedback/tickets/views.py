"""The pages of feedback: load through the scope, call one verb, answer."""

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
from customers.contacts.models import Contact
from feedback.tickets import page, services
from feedback.tickets.filters import TicketFilters
from feedback.tickets.forms import CloseForm, ReopenForm, ResolveForm, TicketForm
from feedback.tickets.models import Ticket
from feedback.tickets.tables import TABLE


class Tickets(ListPage):
    """All feedback the person may see."""

    model, table, filters = Ticket, TABLE, TicketFilters
    title = gettext_lazy("Feedback")
    presets = (
        Preset("mine", gettext_lazy("Mine"), "owner=me&open=true&sort=due"),
        Preset("late", gettext_lazy("Overdue"), "late=true&sort=due"),
        Preset("open", gettext_lazy("Still open"), "open=true&sort=due"),
        Preset("all", gettext_lazy("All"), ""),
    )
    bulk = (
        Bulk("assignment", gettext_lazy("Hand over"), "user-share", "feedback:tickets:bulk-assignment", "tickets.assign"),
        Bulk("bin", gettext_lazy("Delete"), "trash", "feedback:tickets:bulk-bin", "tickets.delete"),
    )
    empty_icon = "message-report"
    empty_title = gettext_lazy("No feedback yet")
    empty_text = gettext_lazy("Take in what a customer says, here or on the page of the company. It finds its owner and its due time by itself.")
    create_url = "feedback:tickets:new"
    bin_url = "feedback:tickets:bin"
    import_kind = "feedback"
    related = ("owner", "team", "company", "contact", "product")


class TicketPage(RecordPage):
    """All we know about one piece of feedback."""

    model = Ticket
    related = ("owner", "team", "company", "contact", "product")
    template = "feedback/tickets/detail.html"

    def context(self, request, record):
        actor = request.user
        return page.of(record, actor) | {
            "middle_panels": draw(request, "tickets", record, "middle"),
            "timeline": timeline(record, actor),
            "may_change": record.is_open and allows(actor, "tickets.edit", record),
            "may_delete": allows(actor, "tickets.delete", record),
            "may_assign": allows(actor, "tickets.assign", record),
        }


class TicketPanels(PanelsPart):
    """What other rooms show on the page of feedback."""

    model = Ticket


class CreateTicket(FormPage):
    """Take in feedback; `?company=12` or `?contact=12` says from whom."""

    model, form, action = Ticket, TicketForm, "create"
    title = gettext_lazy("New feedback")

    def make_form(self, request, record, *data):
        if data:
            return self.form(*data, actor=request.user, record=record)
        contact = named_in_query(request, Contact, "contact")
        company = named_in_query(request, Company, "company") or (contact and contact.company)
        initial = {name: found.pk for name, found in (("company", company), ("contact", contact)) if found}
        return self.form(actor=request.user, record=record, initial=initial)

    def save(self, request, form, record):
        return services.create(form.values(), by=request.user, once=form.cleaned_data["once"])

    def success_url(self, saved):
        return reverse("feedback:tickets:detail", args=[saved.pk])


class TicketForms(FormPage):
    """What the forms about feedback share."""

    model = Ticket
    related = ("owner", "company", "contact", "product")

    def success_url(self, saved):
        return reverse("feedback:tickets:detail", args=[saved.pk])


class EditTicket(TicketForms):
    """Change open feedback."""

    form = TicketForm
    done_message = gettext_lazy("Saved")

    def save(self, request, form, record):
        return services.update(record, form.values(), by=request.user, version=form.cleaned_data["version"])

    def heading(self, record):
        return _("Edit %(name)s") % {"name": record.number}


class ResolveTicket(TicketForms):
    """Say what we did about it."""

    form = ResolveForm
    title = gettext_lazy("Resolve the feedback")
    done_message = gettext_lazy("Resolved")

    def save(self, request, form, record):
        return services.resolve(record, resolution=form.cleaned_data["resolution"], by=request.user)


class CloseTicket(TicketForms):
    """The customer agrees that it is solved."""

    form = CloseForm
    title = gettext_lazy("Close the feedback")
    done_message = gettext_lazy("The feedback is closed")

    def save(self, request, form, record):
        return services.close(record, satisfaction=form.cleaned_data["satisfaction"], by=request.user)


class ReopenTicket(TicketForms):
    """It was not solved after all."""

    form = ReopenForm
    title = gettext_lazy("Open it again")
    done_message = gettext_lazy("Open again")

    def save(self, request, form, record):
        return services.reopen(record, reason=form.cleaned_data["reason"], by=request.user)


class AssignTicket(TicketForms):
    """Give feedback to another person."""

    form, action = HandOverForm, "assign"
    title = gettext_lazy("Hand over")

    def save(self, request, form, record):
        services.assign([record], to=form.cleaned_data["owner"], by=request.user, reason=form.cleaned_data["reason"])
        return record


class TicketAct(Act):
    """A button on the page of feedback."""

    model = Ticket


class Respond(TicketAct):
    """The customer has had an answer."""

    def act(self, request, record):
        services.respond(record, by=request.user)
        return _("Answered: %(number)s is in progress") % {"number": record.number}


class Wait(TicketAct):
    """It is the customer's turn."""

    def act(self, request, record):
        services.wait(record, by=request.user)
        return _("%(number)s waits for the customer; nothing falls due meanwhile") % {"number": record.number}


class Resume(TicketAct):
    """It is our turn again."""

    def act(self, request, record):
        services.resume(record, by=request.user)
        return _("%(number)s is in progress again") % {"number": record.number}


class DeleteTicket(Act):
    """Put feedback into the bin."""

    model, action = Ticket, "delete"

    def act(self, request, record):
        services.delete(record, by=request.user)
        return _("%(name)s is in the bin") % {"name": record.number}

    def success_url(self, record):
        return reverse("feedback:tickets:list")


class TicketBin(BinPage):
    """Deleted feedback."""

    model = Ticket
    title = gettext_lazy("Deleted feedback")
    list_url, restore_url = "feedback:tickets:list", "feedback:tickets:restore"


class RestoreTicket(RestorePage):
    """Take feedback out of the bin."""

    model, bin_url = Ticket, "feedback:tickets:bin"


class BulkAssign(BulkPage):
    """Hand much feedback over."""

    model, action, list_url, form = Ticket, "assign", "feedback:tickets:list", HandOverForm
    title = gettext_lazy("Hand over")

    def act(self, request, rows, form):
        to = form.cleaned_data["owner"]
        moved = services.assign(rows, to=to, by=request.user, reason=form.cleaned_data["reason"])
        words = ngettext("%(n)d piece of feedback handed to %(name)s", "%(n)d pieces of feedback handed to %(name)s", len(moved))
        return words % {"n": len(moved), "name": to}


class BulkDelete(BulkPage):
    """Put much feedback into the bin."""

    model, action, list_url = Ticket, "delete", "feedback:tickets:list"

    def act(self, request, rows, form):
        services.delete_many(rows, by=request.user)
        return ngettext("%(n)d piece of feedback is in the bin", "%(n)d pieces of feedback are in the bin", len(rows)) % {"n": len(rows)}
