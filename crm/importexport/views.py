"""The pages of imports and exports: they collect choices, call one verb, and show what became of it."""

import io
import tempfile
from pathlib import Path

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from crm.accounts.services import ADMINISTER
from crm.core.errors import Invalid
from crm.core.policy import allows, require
from crm.importexport import exports, reports, services, sheets, writing
from crm.importexport.forms import HeaderForm, MappingForm, UploadForm
from crm.importexport.importers import importers, importers_for
from crm.importexport.models import ImportRun
from crm.importexport.preview import first_cells, preview, sheet_head
from crm.importexport.vcardout import CONTENT_TYPE, VCF, card_makers
from crm.importexport.words import OUTCOMES
from crm.web.lists import list_pages

NEWEST = 100
CONTENT_TYPES = writing.FORMATS | {VCF: CONTENT_TYPE}


class Imports(View):
    """The imports of this person, the newest first."""

    def get(self, request):
        require(request.user, "imports.view")
        runs = ImportRun.objects.visible_to(request.user).select_related("actor", "job")[:NEWEST]
        context = {"rows": [_listed(run) for run in runs], "may_create": bool(importers_for(request.user))}
        return render(request, "importexport/list.html", context)


class NewImport(View):
    """Choose a spreadsheet."""

    def get(self, request):
        form = UploadForm(actor=request.user, initial={"kind": request.GET.get("kind")})
        return self.show(request, form)

    def post(self, request):
        form = UploadForm(request.POST, request.FILES, actor=request.user)
        if getattr(request, "upload_refused", None):
            form.add_error("file", str(request.upload_refused))
        if not form.is_valid():
            return self.show(request, form, 422)
        given = form.cleaned_data
        try:
            run = services.receive(given["kind"], given["file"], given["file"].name, by=request.user)
        except Invalid as refusal:
            form.add_error("file", str(refusal))
            return self.show(request, form, 422)
        return redirect("importexport:mapping", pk=run.pk)

    def show(self, request, form, status=200):
        if not importers_for(request.user):
            require(request.user, "companies.import")
        kind = form["kind"].value()
        template_url = f"{reverse('importexport:template')}?kind={kind}" if kind in importers else ""
        return render(request, "importexport/new.html", {"form": form, "template_url": template_url}, status=status)


class ColumnsPage(View):
    """What the columns mean; the first rows show at once what that leads to."""

    def get(self, request, pk):
        run = own_run(request, pk, "edit")
        if run.is_started:
            return redirect("importexport:detail", pk=run.pk)
        return self.show(request, run, self.form(request, run))

    def post(self, request, pk):
        run = own_run(request, pk, "edit")
        form = self.form(request, run, request.POST)
        if not form.is_valid():
            return self.show(request, run, form, 422)
        mapping, choices = form.as_mapping(), form.choices_made()
        try:
            if "start" in request.POST:
                services.start(run, by=request.user, mapping=mapping, **choices)
                self.keep(request, run, form, mapping)
                return redirect("importexport:detail", pk=run.pk)
            if "check" in request.POST:
                services.check(run, by=request.user, mapping=mapping, **choices)
                self.keep(request, run, form, mapping)
                return redirect("importexport:check", pk=run.pk)
            services.remember(run, mapping=mapping, **choices)
        except Invalid as refusal:
            return self.show(request, run, form, 422, refusal)
        return self.show(request, run, form)

    def form(self, request, run, data=None):
        return MappingForm(data, run=run, importer=importers[run.kind], may_share=request.user.may(ADMINISTER))

    def keep(self, request, run, form, mapping):
        shared = form.cleaned_data.get("is_shared", False)
        services.keep_mapping(form.cleaned_data["keep_as"], run.kind, mapping, by=request.user, shared=shared)

    def show(self, request, run, form, status=200, refusal=None):
        rows = []
        try:
            if refusal is None:
                services.settle(run, mode=run.mode, key=run.key)
                rows = preview(run, by=request.user)
        except Invalid as found:
            refusal = found
        for row in rows:
            row["words"] = OUTCOMES[row["outcome"]]
        seen = first_cells(run)
        columns = [(header, bound, seen.get(place, "")) for place, header, bound in form.column_fields()]
        context = {
            "run": run, "form": form, "columns": columns, "rows": rows, "refusal": refusal, "header": HeaderForm(run=run),
            "label": importers[run.kind].label, "translates": form.mapping.translates, "sheet_head": sheet_head(run),
            "kept": [one for one in services.kept_mappings(run.kind, by=request.user) if one.fits(run.headers)],
        }  # fmt: skip
        return render(request, "importexport/mapping.html", context, status=status)


class Reading(View):
    """Read the file in another way: another sheet, another row as its header, the columns as they were kept."""

    http_method_names = ["post"]

    def post(self, request, pk):
        run = own_run(request, pk, "edit")
        if "kept" in request.POST:
            services.use_mapping(run, request.POST["kept"], by=request.user)
            return redirect("importexport:mapping", pk=run.pk)
        form = HeaderForm(request.POST, run=run)
        if form.is_valid():
            services.read_again(run, by=request.user, **form.cleaned_data)
        return redirect("importexport:mapping", pk=run.pk)


class ImportPage(View):
    """How far an import is, and in the end what became of its rows."""

    def get(self, request, pk):
        run = own_run(request, pk, "view")
        if not run.is_started:
            return redirect("importexport:mapping", pk=run.pk)
        job = run.undo_job or run.job
        over = job is None or job.is_over
        if request.htmx and request.GET.get("part") == "progress":
            if over:
                return HttpResponse(headers={"HX-Refresh": "true"})
            return render(request, "importexport/progress.html", {"run": run, "job": job})
        importer = importers[run.kind]
        context = {
            "run": run, "job": job, "over": over, "label": importer.label, "not_taken": reports.not_taken(run),
            "list_url": _url(importer.url_name), "outcomes": OUTCOMES,
            "left": run.outcomes.exclude(left="").order_by("row")[:200] if over and run.undo_job_id else (),
            "may_undo": over and not run.undo_job_id and services.can_be_undone(run) and allows(request.user, "imports.edit", run),
        }  # fmt: skip
        return render(request, "importexport/detail.html", context)


class RejectedRows(View):
    """The rows that were not taken, with their reasons, as a spreadsheet to correct and import again."""

    def get(self, request, pk):
        run = own_run(request, pk, "view")
        form = _format(request)
        name = f"{Path(run.file_name).stem}-{_('rejected')}.{form}"
        return _download(name, form, lambda path: reports.write_rejected(run, path, form))


class EmptySheet(View):
    """An empty sheet with every column of a kind."""

    def get(self, request):
        importer = importers.get(request.GET.get("kind", ""))
        if importer is None:
            raise Http404
        require(request.user, importer.right)
        return _download(f"{importer.label}.xlsx", writing.XLSX, lambda path: sheets.template(importer, path))


class UndoImport(View):
    """Take an import back."""

    http_method_names = ["post"]

    def post(self, request, pk):
        services.undo(own_run(request, pk, "edit"), by=request.user)
        return redirect("importexport:detail", pk=pk)


class ExportPage(View):
    """A list as a spreadsheet: small ones at once, long ones in the background."""

    def get(self, request, noun):
        export = self.export(request, noun)
        count = export.count()
        context = {
            "export": export, "count": count, "long": count > exports.DIRECTLY, "columns": export.headers(),
            "chips": export.listing.chips(), "back": self.back(noun, request), "cards": noun in card_makers,
        }  # fmt: skip
        return render(request, "importexport/export.html", context)

    def post(self, request, noun):
        export, form = self.export(request, noun), _format(request, exports.formats(noun))
        count = export.count()
        if count > exports.DIRECTLY:
            job = exports.start(noun, export.query.urlencode(), form, by=request.user)
            return redirect("jobs:detail", pk=job.pk)
        exports.made(export, form, rows=count)
        return _download(export.file_name(form), form, lambda path: export.write(path, form))

    def export(self, request, noun):
        if noun not in list_pages:
            raise Http404
        return exports.Export(noun, request.GET.urlencode(), by=request.user)

    def back(self, noun, request):
        importer = importers.get(noun)
        url = _url(importer.url_name) if importer else ""
        return f"{url}?{request.GET.urlencode()}" if url else ""


class OneCard(View):
    """One record as a card for a telephone."""

    def get(self, request, noun, pk):
        if noun not in card_makers:
            raise Http404
        found = exports.card_of(noun, pk, by=request.user)
        if found is None:
            raise Http404
        name, text = found
        return FileResponse(io.BytesIO(text.encode()), as_attachment=True, filename=f"{name}.vcf", content_type=CONTENT_TYPE)


def own_run(request, pk, action):
    """The import of this address, if this person may look at it or change it."""
    run = ImportRun.objects.visible_to(request.user, action).select_related("job", "undo_job", "check_job", "actor").filter(pk=pk).first()
    if run is None or not request.user.may(f"imports.{action}"):
        raise Http404
    return run


def _listed(run):
    importer = importers.get(run.kind)
    return {"run": run, "label": importer.label if importer else run.kind, "url": reverse("importexport:detail", args=[run.pk])}


def _format(request, formats=writing.FORMATS):
    form = (request.POST or request.GET).get("format", writing.XLSX)
    return form if form in formats else writing.XLSX


def _url(name):
    return reverse(name) if name else ""


def _download(name, form, write):
    """Write a file that has no name any more when it is sent, and so is gone afterwards."""
    with tempfile.NamedTemporaryFile(suffix=f".{form}") as file:
        write(Path(file.name))
        content = Path(file.name).open("rb")  # noqa: SIM115 - the response closes it
    return FileResponse(content, as_attachment=True, filename=name, content_type=CONTENT_TYPES[form])
