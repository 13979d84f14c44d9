"""The pages on which a spreadsheet is searched for duplicates before it is imported."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views import View

from crm.core.errors import Invalid
from crm.core.policy import require
from customers.duplicates import sheetjobs
from customers.duplicates.forms import ColumnsForm, SheetForm

EXAMPLES = 3


class Upload(View):
    """Choose one sheet or two."""

    def get(self, request):
        require(request.user, sheetjobs.RIGHT)
        return self.show(request, SheetForm())

    def post(self, request):
        require(request.user, sheetjobs.RIGHT)
        form = SheetForm(request.POST, request.FILES)
        if getattr(request, "upload_refused", None):
            form.add_error("file", str(request.upload_refused))
        if form.is_valid():
            uploads = [upload for upload in (form.cleaned_data["file"], form.cleaned_data["second"]) if upload]
            try:
                ticket = sheetjobs.receive(uploads, by=request.user)
            except Invalid as refusal:
                form.add_error("file", str(refusal))
            else:
                return redirect(f"{reverse('customers:duplicates:sheet-columns')}?{urlencode({'ticket': ticket})}")
        return self.show(request, form, 422)

    def show(self, request, form, status=200):
        """Draw the page."""
        return render(request, "customers/duplicates/sheet.html", {"form": form}, status=status)


class Columns(View):
    """Say what the columns hold, and start."""

    def get(self, request):
        kept = self.kept(request)
        return self.show(request, kept, sheetjobs.read(kept))

    def post(self, request):
        kept = self.kept(request)
        sources = sheetjobs.read(kept)
        form = ColumnsForm(request.POST, sources=sources)
        if not form.is_valid():
            return self.show(request, kept, sources, form, 422)
        return redirect("jobs:detail", pk=sheetjobs.start(kept, form.kinds(len(kept)), by=request.user).pk)

    def kept(self, request):
        """The sheets this person uploaded."""
        require(request.user, sheetjobs.RIGHT)
        found = sheetjobs.of_ticket(request.GET.get("ticket", ""), by=request.user)
        if found is None:
            raise Http404
        return found

    def show(self, request, kept, sources, form=None, status=200):
        """Draw the page: each column with its first cells."""
        form = form or ColumnsForm(sources=sources)
        shown = [
            {
                "name": source.name,
                "rows": len(source.rows),
                "columns": [{"field": form[f"column-{number}-{place}"], "cells": _first_cells(source, place)} for place in range(len(source.columns))],
            }
            for number, source in enumerate(sources)
        ]
        return render(request, "customers/duplicates/sheet_columns.html", {"form": form, "sources": shown}, status=status)


def _first_cells(source, place):
    return [row[place] for row in source.rows[:EXAMPLES] if row[place]]
