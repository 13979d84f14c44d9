"""The pages of contacts: load through the scope, call one verb, answer."""

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from crm.activity.timeline import timeline
from crm.bin.pages import BinPage, RestorePage
from crm.core.policy import allows
from crm.web.bulk import BulkPage
from crm.web.bulkfields import FieldPage
from crm.web.forms import HandOverForm, TagForm
from crm.web.lists import Bulk, ListPage, Preset
from crm.web.pages import Act, FormPage, PanelsPart, RecordPage
from crm.web.panels import draw
from customers.contacts import page, services
from customers.contacts.cleaning import COMMON
from customers.contacts.filters import ContactFilters
from customers.contacts.forms import ContactForm, MoveForm
from customers.contacts.models import Contact
from customers.contacts.tables import TABLE


class Contacts(ListPage):
    """All people the person may see."""

    model, table, filters = Contact, TABLE, ContactFilters
    title = gettext_lazy("Contacts")
    presets = (
        Preset("mine", gettext_lazy("Mine"), "owner=me"),
        Preset("deciders", gettext_lazy("Decision makers"), "role=decision_maker"),
        Preset("unreachable", gettext_lazy("Without a phone number"), "has_phone=false"),
        Preset("all", gettext_lazy("All"), ""),
    )
    bulk = (
        Bulk("assignment", gettext_lazy("Hand over"), "user-share", "customers:contacts:bulk-assignment", "contacts.assign"),
        Bulk("tags", gettext_lazy("Tag"), "tag", "customers:contacts:bulk-tags", "contacts.edit"),
        Bulk("field", gettext_lazy("Change a field"), "pencil", "customers:contacts:bulk-field", "contacts.edit"),
        Bulk("bin", gettext_lazy("Delete"), "trash", "customers:contacts:bulk-bin", "contacts.delete"),
    )
    empty_icon = "address-book"
    empty_title = gettext_lazy("No contacts yet")
    empty_text = gettext_lazy("Import a sheet, or add the first person on the page of a company.")
    create_url = "customers:contacts:new"
    bin_url = "customers:contacts:bin"
    import_kind = "contacts"
    related = ("owner", "team", "company")


class ContactPage(RecordPage):
    """All we know about one person."""

    model = Contact
    related = ("owner", "team", "company")
    template = "customers/contacts/detail.html"

    def context(self, request, record):
        actor = request.user
        return page.of(record, actor) | {
            "actions": page.actions_of(record, actor),
            "left_panels": draw(request, "contacts", record, "left"),
            "middle_panels": draw(request, "contacts", record, "middle"),
            "timeline": timeline(record, actor),
            "may_edit": allows(actor, "contacts.edit", record),
            "may_delete": allows(actor, "contacts.delete", record),
            "may_assign": allows(actor, "contacts.assign", record),
            "may_export": allows(actor, "contacts.export", record),
        }


class ContactPanels(PanelsPart):
    """What other rooms show on the page of a person."""

    model = Contact
    related = ("company",)


class CreateContact(FormPage):
    """Add a person; `?company=12` says where."""

    model, form, action = Contact, ContactForm, "create"
    title = gettext_lazy("New contact")

    def save(self, request, form, record):
        sure = request.POST.get("even_if_known") == "1"
        return services.create(form.values(), by=request.user, once=form.cleaned_data["once"], even_if_known=sure)

    def success_url(self, saved):
        return reverse("customers:contacts:detail", args=[saved.pk])


class EditContact(FormPage):
    """Change a person."""

    model, form = Contact, ContactForm
    done_message = gettext_lazy("Saved")
    related = ("owner", "company")

    def save(self, request, form, record):
        sure = request.POST.get("even_if_known") == "1"
        return services.update(record, form.values(), by=request.user, version=form.cleaned_data["version"], even_if_known=sure)

    def heading(self, record):
        return _("Edit %(name)s") % {"name": record.name}

    def success_url(self, saved):
        return reverse("customers:contacts:detail", args=[saved.pk])


class MoveContact(FormPage):
    """The person works somewhere else now."""

    model, form = Contact, MoveForm
    title = gettext_lazy("Changed company")

    def save(self, request, form, record):
        return services.move(record, to=form.cleaned_data["company"], position=form.cleaned_data["position"], by=request.user)

    def success_url(self, saved):
        return reverse("customers:contacts:detail", args=[saved.pk])


class AssignContact(FormPage):
    """Give a person to somebody else."""

    model, form, action = Contact, HandOverForm, "assign"
    title = gettext_lazy("Hand over")

    def save(self, request, form, record):
        services.assign([record], to=form.cleaned_data["owner"], by=request.user, reason=form.cleaned_data["reason"])
        return record

    def success_url(self, saved):
        return reverse("customers:contacts:detail", args=[saved.pk])


class DeleteContact(Act):
    """Put a person into the bin."""

    model, action = Contact, "delete"

    def act(self, request, record):
        services.delete(record, by=request.user)
        return _("%(name)s is in the bin") % {"name": record.name}

    def success_url(self, record):
        return reverse("customers:contacts:list")


class JudgePoint(Act):
    """Somebody tried a way to reach the person: it works, or it does not."""

    model = Contact

    def post(self, request, pk, point):
        self.point = point
        return super().post(request, pk)

    def act(self, request, record):
        point = record.points.filter(pk=self.point).first()
        if point is None:
            raise Http404
        if request.POST.get("valid") == "0":
            services.mark_invalid(point, by=request.user)
            return _("Marked as invalid")
        services.verify(point, by=request.user)
        return _("Marked as verified")

    def success_url(self, record):
        return reverse("customers:contacts:detail", args=[record.pk])


class ContactBin(BinPage):
    """Deleted people."""

    model = Contact
    title = gettext_lazy("Deleted contacts")
    list_url, restore_url = "customers:contacts:list", "customers:contacts:restore"


class RestoreContact(RestorePage):
    """Take a person out of the bin."""

    model, bin_url = Contact, "customers:contacts:bin"


class BulkAssign(BulkPage):
    """Hand many people over."""

    model, action, list_url, form = Contact, "assign", "customers:contacts:list", HandOverForm
    title = gettext_lazy("Hand over")

    def act(self, request, rows, form):
        to = form.cleaned_data["owner"]
        moved = services.assign(rows, to=to, by=request.user, reason=form.cleaned_data["reason"])
        words = ngettext("%(n)d contact handed to %(name)s", "%(n)d contacts handed to %(name)s", len(moved))
        return words % {"n": len(moved), "name": to}


class BulkTag(BulkPage):
    """Put a tag on many people."""

    model, list_url, form = Contact, "customers:contacts:list", TagForm
    title = gettext_lazy("Tag")

    def act(self, request, rows, form):
        services.tag_many(rows, form.cleaned_data["tag"], by=request.user)
        return _("Tagged with “%(tag)s”") % {"tag": form.cleaned_data["tag"]}


class BulkField(FieldPage):
    """Give one field of many people one value."""

    model, list_url, record_form, fields = Contact, "customers:contacts:list", ContactForm, COMMON

    def update(self, rows, values, by):
        return services.update_many(rows, values, by=by)


class BulkDelete(BulkPage):
    """Put many people into the bin."""

    model, action, list_url = Contact, "delete", "customers:contacts:list"

    def act(self, request, rows, form):
        services.delete_many(rows, by=request.user)
        return ngettext("%(n)d contact is in the bin", "%(n)d contacts are in the bin", len(rows)) % {"n": len(rows)}
