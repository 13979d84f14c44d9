"""The shapes of pages that rooms fill in: a record, a form, a plain action. No rule lives here."""

from collections.abc import Callable

from django.contrib import messages
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views import View

from crm.core import clock
from crm.core.errors import Conflict, Invalid, WrongState
from crm.core.policy import require
from crm.core.reading import one, with_names
from crm.core.registry import Registry
from crm.core.successors import missing
from crm.web.panels import draw
from crm.web.recordmenu import menu_of
from crm.web.takingback import mark

# What a page says of a record beside its own columns, found in the statement that loads it: name → expression for (model, actor).
notes: Registry[Callable] = Registry("note on a record")


def load(model: type[Model], actor, pk, action="view", related=(), noted=False):
    """The record, if this person may reach it for the action; else it does not exist (404), or may be seen only (403).

    `noted` is for what is only shown: with the notes on it, and no more of the related records than names them.
    One that was merged into another leads to that one (crm/web/movedon.py).
    """
    rows = model.objects.select_related(*related)
    if noted:
        rows = with_names(model.objects.all(), *related).annotate(**{name: note(model, actor) for name, note in notes.items()})
    found = one(rows.visible_to(actor, action).filter(pk=pk))
    if found is not None:
        return found
    if action != "view" and (seen := one(rows.visible_to(actor).filter(pk=pk))) is not None:
        require(actor, f"{model.noun}.{action}", seen)
        return seen
    raise missing(model, actor, pk)


class RecordPage(View):
    """The page of one record."""

    model = None
    related = ("owner", "team")
    template = ""

    def get(self, request, pk):
        record = load(self.model, request.user, pk, related=self.related, noted=True)
        context = {"record": record, "menu": menu_of(record, request.user), **self.context(request, record)}
        return render(request, self.template, context)

    def context(self, request, record):
        """What the template shows besides the record."""
        return {}


class PanelsPart(View):
    """The right-hand panels of a record, fetched after its page."""

    model = None
    related = ()

    def get(self, request, pk):
        record = load(self.model, request.user, pk, related=self.related)
        return render(request, "web/panels.html", {"record": record, "panels": draw(request, self.model.noun, record)})


class FormPage(View):
    """A form that ends in one verb: subclass with `form`, `right` and `save(form)`.

    422 with the form when the input cannot be taken, 409 when somebody was faster or the record is not in a state for it,
    303 to the record on success.
    """

    form = None
    model = None
    action = "edit"
    template = "web/form.html"
    title = ""
    done_message = ""
    related = ("owner",)

    def get(self, request, pk=None):
        record = self.record(request, pk)
        return self.show(request, self.make_form(request, record), record)

    def post(self, request, pk=None):
        record = self.record(request, pk)
        form = self.make_form(request, record, request.POST, request.FILES)
        if not form.is_valid():
            return self.show(request, form, record, status=422)
        began = clock.now()
        try:
            saved = self.save(request, form, record)
        except Invalid as refusal:
            form.take(refusal)
            return self.show(request, form, record, status=422)
        except (Conflict, WrongState) as refusal:
            if request.htmx:  # what asked for a part of a page shows the sentence beside it
                raise
            return self.conflict(request, form, record, refusal)
        undo = mark([record], by=request.user, since=began) if record is not None else ""
        if self.done_message or undo:
            messages.success(request, self.done_message or _("Saved"), extra_tags=undo)
        return self.done(request, saved)

    def record(self, request, pk):
        """The record the form is about; none when something new is made."""
        if pk is None:
            require(request.user, f"{self.model.noun}.{self.action}")
            return None
        return load(self.model, request.user, pk, self.action, related=self.related)

    def make_form(self, request, record, *data):
        """The form, filled from the record or from what was posted."""
        initial = {} if data else {k: v for k, v in request.GET.items() if k in self.form.base_fields}
        return self.form(*data, actor=request.user, record=record, initial=initial)

    def save(self, request, form, record):
        """Call the verb."""
        raise NotImplementedError

    def done(self, request, saved):
        """Where to go after saving."""
        return redirect(self.success_url(saved))

    def success_url(self, saved):
        """The page of what was saved."""
        raise NotImplementedError

    def cancel_url(self, request, record):
        """Where “Cancel” leads."""
        return "../"

    def show(self, request, form, record, status=200, **extra):
        """Draw the form."""
        context = {"form": form, "record": record, "page": self, "title": self.heading(record)}
        context |= {"cancel_url": self.cancel_url(request, record), **self.context(request, record), **extra}
        return render(request, self.template, context, status=status)

    def heading(self, record):
        """The title of the page."""
        return self.title

    def context(self, request, record):
        """Further context of a subclass."""
        return {}

    def conflict(self, request, form, record, refusal):
        """Show the form again with what happened; for a lost update also what the other person saved."""
        if refusal.code != "stale":
            if refusal.field in form.fields:
                form.add_error(refusal.field, str(refusal))
            else:
                form.add_error(None, str(refusal))
            return self.show(request, form, record, status=409, refusal=refusal)
        fresh = load(self.model, request.user, record.pk, self.action)
        theirs = self.form(actor=request.user, record=fresh)
        differing = [
            {"label": form[name].label, "yours": form[name].value(), "theirs": theirs[name].value()}
            for name in form.fields
            if name in theirs.fields and name not in ("once", "version") and plain(form[name].value()) != plain(theirs[name].value())
        ]
        again = form.data.copy()
        again["version"] = fresh.version
        form.data = again
        return self.show(request, form, record, status=409, refusal=refusal, differing=differing)


class Act(View):
    """A button that posts: subclass with `model`, `action` and `act(record)`; answers with a redirect."""

    model = None
    action = "edit"
    http_method_names = ["post"]

    def post(self, request, pk):
        record = load(self.model, request.user, pk, self.action)
        began = clock.now()
        message = self.act(request, record)
        if message:
            messages.success(request, message, extra_tags=mark([record], by=request.user, since=began))
        return self.done(request, record)

    def act(self, request, record):
        """Call the verb; the words for the toast."""
        raise NotImplementedError

    def done(self, request, record):
        """Back to where the person came from, or to the record."""
        target = back_to(request) or self.success_url(record)
        if request.htmx:
            return HttpResponse(status=204, headers={"HX-Redirect": target})
        return redirect(target)

    def success_url(self, record):
        """The page shown afterwards."""
        return "../"


def back_to(request):
    """The page the person came from, when it is one of ours."""
    wanted = request.POST.get("next", "")
    return wanted if wanted and url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}) else ""


def plain(value):
    """The value of a field as text, to be shown or compared."""
    if isinstance(value, list | tuple):
        return "，".join(map(str, value))
    return "" if value is None else str(value)
