"""Changing one value in its place in a list: the cell becomes a field of the form, and posts to the same verb as the form."""

from django.http import Http404
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views import View
from django_htmx.http import trigger_client_event

from crm.core import clock
from crm.core.errors import Conflict, Invalid
from crm.core.policy import require
from crm.web import components
from crm.web.pages import load, plain
from crm.web.tables import Drawing, draw_cell
from crm.web.takingback import toast


class CellPage(View):
    """Subclass with `model`, `table`, `form` and `save(record, values, by, version)`; the column says which field it shows.

    422 with the field when the value cannot be taken; 409 with both values when somebody else changed this very value.
    """

    model = None
    table = None
    form = None
    related = ("owner",)

    def get(self, request, pk, name):
        record, column = self.found(request, pk, name)
        if "shown" in request.GET:
            return self.shown(request, record, column)
        return self.editor(request, record, column, self.form_of(request, record, column))

    def post(self, request, pk, name):
        record, column = self.found(request, pk, name)
        form = self.form_of(request, record, column, request.POST)
        if not form.is_valid():
            return self.editor(request, record, column, form, status=422)
        version, began = form.data.get("version", ""), clock.now()
        try:
            saved = self.write(record, column, form, int(version) if version.isdecimal() and len(version) < 10 else 0)
        except Invalid as refusal:
            form.take(refusal)
            return self.editor(request, record, column, form, status=422)
        except Conflict as refusal:
            fresh = load(self.model, request.user, pk, "edit", related=self.related)
            return self.editor(request, fresh, column, form, status=409, refusal=refusal, theirs=self.words(fresh, column))
        answer = self.shown(request, saved, column)
        for name, detail in toast([saved], by=request.user, since=began).items():
            trigger_client_event(answer, name, detail)
        return answer

    def write(self, record, column, form, version):
        """Save; a change of something else in the record since is nobody's concern here."""
        values = {column.edit: form.cleaned_data[column.edit]}
        try:
            return self.save(record, values, self.request.user, version)
        except Conflict as refusal:
            fresh = load(self.model, self.request.user, record.pk, "edit", related=self.related)
            if refusal.code != "stale" or self.plain_value(fresh, column) != form.data.get("before"):
                raise
            return self.save(fresh, values, self.request.user, fresh.version)

    def save(self, record, values, by, version):
        """Call the verb."""
        raise NotImplementedError

    def found(self, request, pk, name):
        """The record, if this person may change it, and the column."""
        require(request.user, f"{self.model.noun}.edit")
        column = next((column for column in self.table.readable_by(request.user) if column.name == name and column.edit), None)
        if column is None:
            raise Http404
        return load(self.model, request.user, pk, "edit", related=self.related), column

    def form_of(self, request, record, column, *data):
        """The form of the record with the field of this column alone."""
        form = self.form(*data, actor=request.user, record=record)
        if column.edit not in form.fields:
            raise Http404
        form.fields = {column.edit: form.fields[column.edit]}
        return form

    def editor(self, request, record, column, form, status=200, **extra):
        """The cell as a field."""
        control = form[column.edit].as_widget(attrs=self.aria(form[column.edit]))
        context = {"control": control, "record": record, "column": column, "form": form, "bound": form[column.edit], "before": self.plain_value(record, column)}
        return render(request, "web/cell.html", context | extra, status=status)

    def aria(self, bound):
        """How the field is announced: by its label, and with what is wrong."""
        found = {"class": "km-input km-sm", "aria-label": bound.label, "autofocus": False, "placeholder": False}
        return found | ({"aria-invalid": "true", "aria-describedby": f"{bound.auto_id}_error"} if bound.errors else {})

    def plain_value(self, record, column):
        """What the field shows for the record, as text."""
        form = self.form(actor=self.request.user, record=record)
        return plain(form[column.edit].value())

    def words(self, record, column):
        """What the record holds now, as the list would say it; a dash for nothing."""
        return column.cell(record, Drawing(self.request.user, [column], [record])) or components.none()

    def shown(self, request, record, column):
        """The cell as the list shows it."""
        return render(request, "web/cell_shown.html", {"cell": self.drawn(request.user, record, column)})

    def drawn(self, actor, record, column):
        """The cell of the record as a list draws it."""
        fresh = self.model.objects.select_related(*self.related).get(pk=record.pk)
        return mark_safe(draw_cell(column, fresh, Drawing(actor, [column], [fresh]), noun=self.model.noun))  # noqa: S308 - escaped there
