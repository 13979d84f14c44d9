"""The pages of files: load the record through the scope, call one verb, answer."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from crm.core.errors import Invalid
from crm.core.policy import allows
from crm.files import page, services
from crm.files.finding import content_of, file_of, record_of
from crm.files.forms import FileForm
from crm.files.holders import holders
from crm.files.refusals import refused
from crm.web.pages import back_to


class FilesOfRecord(View):
    """All files of a record, and the place to add one."""

    def get(self, request, noun, pk):
        record = record_of(request.user, noun, pk)
        return self.show(request, record, FileForm())

    def post(self, request, noun, pk):
        record = record_of(request.user, noun, pk, "edit")
        form = FileForm(request.POST, request.FILES)
        if getattr(request, "upload_refused", None):
            form.add_error("file", str(refused("too_large")))
        if not form.is_valid():
            return self.show(request, record, form, 422)
        try:
            file = services.add(record, form.cleaned_data["file"], by=request.user)
        except Invalid as refusal:
            form.add_error("file", str(refusal))
            return self.show(request, record, form, 422)
        messages.success(request, _("Kept: %(name)s") % {"name": file.name}, extra_tags=f"undo:{reverse('files:remove', args=[file.pk])}")
        return redirect(back_to(request) or request.path)

    def show(self, request, record, form, status=200):
        found = list(page.files_of(record, request.user)[: page.SHOWN])
        context = {
            "record": record, "record_url": holders[record.noun].url(record.pk), "rows": page.shown(found, record), "form": form,
            "may_add": allows(request.user, f"{record.noun}.edit", record), "most": page.SHOWN,
        }  # fmt: skip
        return render(request, "files/of_record.html", context, status=status)


class Download(View):
    """The content of a file, handed out to be saved and never to be shown in the page of the house."""

    def get(self, request, pk):
        file, _record = file_of(request.user, pk)
        return content_of(file)


class Remove(View):
    """Take a file away from its record."""

    http_method_names = ["post"]

    def post(self, request, pk):
        file, record = file_of(request.user, pk, "edit")
        services.delete(file, by=request.user)
        messages.success(request, _("Removed: %(name)s") % {"name": file.name}, extra_tags=f"undo:{reverse('files:restore', args=[file.pk])}")
        return redirect(back_to(request) or page.url_of(record))


class Restore(View):
    """Put a removed file back."""

    http_method_names = ["post"]

    def post(self, request, pk):
        file, record = file_of(request.user, pk, "edit", is_deleted=True)
        services.restore(file, by=request.user)
        messages.success(request, _("Kept: %(name)s") % {"name": file.name})
        return redirect(page.url_of(record))
