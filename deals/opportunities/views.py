"""The pages of opportunities: load through the scope, call one verb, answer."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe
from django_htmx.http import trigger_client_event

from crm.activity.timeline import timeline
from crm.bin.pages import BinPage, RestorePage
from crm.core import clock
from crm.core.errors import Invalid
from crm.core.policy import allows, require
from crm.web.bulk import BulkPage
from crm.web.cells import CellPage
from crm.web.forms import HandOverForm
from crm.web.links import named_in_query
from crm.web.lists import Bulk, Listing, ListPage, Preset
from crm.web.pages import Act, FormPage, PanelsPart, RecordPage
from crm.web.panels import draw
from crm.web.takingback import toast
from customers.companies.models import Company
from customers.contacts.models import Contact
from deals.opportunities import gates, page, services
from deals.opportunities.board import board_of, quarter
from deals.opportunities.filters import OpportunityFilters
from deals.opportunities.forms import LoseForm, MoveForm, OpportunityForm, ReasonForm
from deals.opportunities.models import Opportunity, Stage
from deals.opportunities.tables import TABLE


class Opportunities(ListPage):
    """All opportunities the person may see."""

    model, table, filters = Opportunity, TABLE, OpportunityFilters
    title = gettext_lazy("Opportunities")
    presets = (
        Preset("mine", gettext_lazy("Mine, running"), "owner=me&state=open&state=pending_order&sort=close"),
        Preset("stagnant", gettext_lazy("Stagnant"), "stagnant=true&sort=stay"),
        Preset("running", gettext_lazy("All running"), "state=open&state=pending_order"),
        Preset("won", gettext_lazy("Won"), "state=won"),
        Preset("lost", gettext_lazy("Lost"), "state=lost"),
        Preset("starred", gettext_lazy("Starred"), "starred=true"),
        Preset("all", gettext_lazy("All"), ""),
    )
    bulk = (
        Bulk("assignment", gettext_lazy("Hand over"), "user-share", "deals:opportunities:bulk-assignment", "opportunities.assign"),
        Bulk("bin", gettext_lazy("Delete"), "trash", "deals:opportunities:bulk-bin", "opportunities.delete"),
    )
    template = "deals/opportunities/list.html"
    empty_icon = "layout-kanban"
    empty_title = gettext_lazy("No opportunities yet")
    empty_text = gettext_lazy("Convert a lead, open one on the page of a company, or import those you have.")
    create_url = "deals:opportunities:new"
    bin_url = "deals:opportunities:bin"
    import_kind = "opportunities"
    related = ("owner", "team", "company", "stage", "product")


@require_safe
def board(request):
    """The running opportunities by stage; its filters are those of the list."""
    require(request.user, "opportunities.view")
    listing = Listing(Opportunities(), request.user, request.GET, request)
    if request.GET.get("part") == "filters":
        return listing.page.part(request, listing)
    return render(request, "deals/opportunities/board.html", board_context(listing))


def board_context(listing):
    """What the board shows for the filters of the address."""
    stay, rows = reverse("deals:opportunities:board"), reverse("deals:opportunities:list")
    return board_of(listing.in_scope(), listing.actor, lambda **values: rows + listing.url(**values)) | {
        "chips": listing.chips(),
        "quick": quick_filters(listing),
        "query": listing.kept().urlencode(),
        "filters_url": f"{stay}{listing.url(part='filters')}",
        "clear_url": f"{stay}{listing.url_without_filters()}",
        "stagnant_url": f"{stay}{listing.url(stagnant='true')}",
    }


def quick_filters(listing):
    """The narrowings most asked for, as far as they are not in force: one press each."""
    present = {chip["name"] for chip in listing.chips()}
    first, last = quarter()
    offered = [
        ("owner", _("Mine"), "user", {"owner": "me"}),
        ("owner", _("My team"), "users", {"owner": "team"}),
        ("close", _("Closing this quarter"), "calendar-event", {"close_after": first.isoformat(), "close_before": last.isoformat()}),
    ]
    return [{"label": label, "icon": icon, "url": listing.url(**values)} for name, label, icon, values in offered if name not in present]


class OpportunityPage(RecordPage):
    """All we know about one opportunity."""

    model = Opportunity
    related = ("owner", "team", "company", "contact", "stage", "product", "lost_reason", "lead")
    template = "deals/opportunities/detail.html"

    def context(self, request, record):
        actor = request.user
        return page.of(record, actor) | {
            "middle_panels": draw(request, "opportunities", record, "middle"),
            "timeline": timeline(record, actor),
            "may_edit": allows(actor, "opportunities.edit", record),
            "may_delete": record.state != Stage.Kind.WON and allows(actor, "opportunities.delete", record),
            "may_assign": allows(actor, "opportunities.assign", record),
        }


class OpportunityPanels(PanelsPart):
    """What other rooms show on the page of an opportunity."""

    model = Opportunity
    related = ("company",)


class OpportunityForms(FormPage):
    """Forms that end on the page of the opportunity."""

    model = Opportunity
    related = ("owner", "company", "stage")

    def success_url(self, saved):
        return reverse("deals:opportunities:detail", args=[saved.pk])


class CreateOpportunity(OpportunityForms):
    """Open an opportunity; `?company=12` or `?contact=12` says for whom."""

    form, action = OpportunityForm, "create"
    title = gettext_lazy("New opportunity")

    def make_form(self, request, record, *data):
        contact = named_in_query(request, Contact, "contact")
        company = named_in_query(request, Company, "company") or (contact and contact.company)
        initial = {} if data else {"company": company, "contact": contact}
        return self.form(*data, actor=request.user, record=record, initial=initial)

    def save(self, request, form, record):
        return services.create(form.values(), by=request.user, once=form.cleaned_data["once"])


class EditOpportunity(OpportunityForms):
    """Change an opportunity."""

    form = OpportunityForm
    done_message = gettext_lazy("Saved")

    def save(self, request, form, record):
        return services.update(record, form.values(), by=request.user, version=form.cleaned_data["version"])

    def heading(self, record):
        return _("Edit %(name)s") % {"name": record.name}


class OpportunityCell(CellPage):
    """One value of an opportunity, changed in its place in the list."""

    model, table, form = Opportunity, TABLE, OpportunityForm
    related = ("owner", "company", "stage")

    def save(self, record, values, by, version):
        return services.update(record, values, by=by, version=version)


class MoveOpportunity(OpportunityForms):
    """Move to another stage: by the board, or with the form of what is still missing."""

    title = gettext_lazy("Move on")

    def get(self, request, pk):
        record = self.record(request, pk)
        stage = stage_named(request.GET.get("stage", ""))
        return self.led_on(request, record, stage) or self.show(request, self.make_form(request, record), record)

    def led_on(self, request, record, stage):
        """What contract and order decide is not asked for here: the page of the opportunity has the button that leads there."""
        if stage.kind not in (Stage.Kind.WON, Stage.Kind.PENDING_ORDER):
            return None
        _code, words = services.OTHER_WAYS[stage.kind]
        messages.warning(request, words)
        return redirect(self.success_url(record))

    def post(self, request, pk):
        if request.htmx and "stage" in request.POST and len(request.POST) == 1:
            return self.drop(request, self.record(request, pk))
        return super().post(request, pk)

    def drop(self, request, record):
        """A card was put into a lane: move it, or lead to the form of what is missing."""
        stage, began = stage_named(request.POST["stage"]), clock.now()
        try:
            services.move(record, stage, by=request.user)
        except Invalid:
            target = f"{reverse('deals:opportunities:move', args=[record.pk])}?stage={stage.code}"
            return HttpResponse(status=204, headers={"HX-Redirect": target})
        return self.board_now(request, record, began)

    def board_now(self, request, record, began):
        """The board after the move, for the filters the person looks through, and the way back."""
        listing = Listing(Opportunities(), request.user, request.GET, request)
        answer = render(request, "deals/opportunities/board_part.html", board_context(listing))
        record.refresh_from_db()
        words = _("%(name)s is now in “%(stage)s”") % {"name": record.name, "stage": record.stage}
        for name, detail in {"deals:changed": {}, **toast([record], by=request.user, since=began, text=words)}.items():
            trigger_client_event(answer, name, detail)
        return answer

    def make_form(self, request, record, *data):
        stage = stage_named((request.POST if data else request.GET).get("stage", ""))
        form = MoveForm(
            *data, actor=request.user, record=record, initial={"stage": stage.code, "expected_close": record.expected_close, "amount": record.amount}
        )
        form.only([one.field for one in gates.missing(record, stage)])
        return form

    def save(self, request, form, record):
        given = form.given()
        return services.move(
            record, stage_named(form.cleaned_data["stage"]), by=request.user, amount=given.pop("amount", None),
            expected_close=given.pop("expected_close", None), values=given, override_reason=form.cleaned_data.get("override_reason", ""),
        )  # fmt: skip

    def heading(self, record):
        stage = stage_named(self.request.POST.get("stage") or self.request.GET.get("stage", ""))
        return _("%(name)s: on to “%(stage)s”") % {"name": record.name, "stage": stage}


class LoseOpportunity(OpportunityForms):
    """The sale is lost."""

    form = LoseForm
    title = gettext_lazy("Lost")

    def save(self, request, form, record):
        given = form.cleaned_data
        return services.lose(record, reason=given["reason"], competitor=given["competitor"], note=given["note"], by=request.user)


class VoidOpportunity(OpportunityForms):
    """It never was a chance to sell."""

    form = ReasonForm
    title = gettext_lazy("Void")

    def save(self, request, form, record):
        return services.void(record, reason=form.cleaned_data["reason"], by=request.user)


class ReopenOpportunity(OpportunityForms):
    """A closed sale is alive again."""

    form = ReasonForm
    title = gettext_lazy("Reopen")

    def save(self, request, form, record):
        return services.reopen(record, reason=form.cleaned_data["reason"], by=request.user)


class AssignOpportunity(OpportunityForms):
    """Give an opportunity to another person."""

    form, action = HandOverForm, "assign"
    title = gettext_lazy("Hand over")

    def save(self, request, form, record):
        services.assign([record], to=form.cleaned_data["owner"], by=request.user, reason=form.cleaned_data["reason"])
        return record


class DeleteOpportunity(Act):
    """Put an opportunity into the bin."""

    model, action = Opportunity, "delete"

    def act(self, request, record):
        services.delete(record, by=request.user)
        return _("%(name)s is in the bin") % {"name": record.name}

    def success_url(self, record):
        return reverse("deals:opportunities:list")


class OpportunityBin(BinPage):
    """Deleted opportunities."""

    model = Opportunity
    title = gettext_lazy("Deleted opportunities")
    list_url, restore_url = "deals:opportunities:list", "deals:opportunities:restore"


class RestoreOpportunity(RestorePage):
    """Take an opportunity out of the bin."""

    model, bin_url = Opportunity, "deals:opportunities:bin"


class BulkAssign(BulkPage):
    """Hand many opportunities over."""

    model, action, list_url, form = Opportunity, "assign", "deals:opportunities:list", HandOverForm
    title = gettext_lazy("Hand over")

    def act(self, request, rows, form):
        to = form.cleaned_data["owner"]
        moved = services.assign(rows, to=to, by=request.user, reason=form.cleaned_data["reason"])
        words = ngettext("%(n)d opportunity handed to %(name)s", "%(n)d opportunities handed to %(name)s", len(moved))
        return words % {"n": len(moved), "name": to}


class BulkDelete(BulkPage):
    """Put many opportunities into the bin."""

    model, action, list_url = Opportunity, "delete", "deals:opportunities:list"

    def act(self, request, rows, form):
        services.delete_many(rows, by=request.user)
        return ngettext("%(n)d opportunity is in the bin", "%(n)d opportunities are in the bin", len(rows)) % {"n": len(rows)}


def stage_named(code):
    """The stage of a code from an address or a form."""
    stage = Stage.objects.filter(code=code).first()
    if stage is None:
        raise Invalid(_("There is no such stage."), field="stage", code="unknown_stage")
    return stage
