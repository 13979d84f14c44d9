"""The page of a check before an import: what would become of the rows, and the wrong cells to correct."""

import re
from collections import Counter

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from crm.importexport import services
from crm.importexport.importers import importers
from crm.importexport.runs import fixed
from crm.importexport.texts import shown
from crm.importexport.views import own_run

PAGE = 50
CELL = re.compile(r"(cell|same)-(\d{1,7})-(\d{1,3})")


class CheckPage(View):
    """The rows that would be refused, each wrong cell in a field of its own."""

    def get(self, request, pk):
        run = own_run(request, pk, "edit")
        if run.is_started:
            return redirect("importexport:detail", pk=run.pk)
        if run.check_job is None:
            return redirect("importexport:mapping", pk=run.pk)
        over = run.check_job.is_over
        if request.htmx and request.GET.get("part") == "progress":
            if over:
                return HttpResponse(headers={"HX-Refresh": "true"})
            return render(request, "importexport/progress.html", {"run": run, "job": run.check_job})
        first = request.GET.get("from", "")
        wrong = list(run.wrong.filter(row__gte=int(first) if first.isdecimal() else 0)[: PAGE + 1]) if over else []
        context = {
            "run": run, "job": run.check_job, "over": over, "label": importers[run.kind].label, "lines": _lines(run, wrong[:PAGE]),
            "next": wrong[PAGE].row if len(wrong) > PAGE else None, "first": first, "left": run.wrong.count(),
        }  # fmt: skip
        return render(request, "importexport/check.html", context)

    def post(self, request, pk):
        run = own_run(request, pk, "edit")
        cells, everywhere = _given(request.POST)
        if cells:
            run = services.correct(run, cells, by=request.user, everywhere=everywhere)
        if "start" in request.POST:
            services.start(run, by=request.user, mode=run.mode, key=run.key)
            return redirect("importexport:detail", pk=run.pk)
        first = request.POST.get("from", "")
        return redirect(reverse("importexport:check", args=[run.pk]) + (f"?from={first}" if first.isdecimal() else ""))


def _given(posted):
    """The cells whose text is another one than before, and those that are to be set wherever the same text stands."""
    cells, everywhere = {}, []
    for name, text in posted.items():
        found = CELL.fullmatch(name)
        if not found:
            continue
        row, place = int(found[2]), int(found[3])
        if found[1] == "same":
            everywhere.append((row, place))
        elif text != posted.get(f"was-{row}-{place}"):
            cells.setdefault(row, {})[place] = text
    return cells, everywhere


def _lines(run, wrong):
    """One line for each wrong cell: its row, what stands in the row, the column, the cell, why it is wrong, how often it is."""
    often = Counter((note["column"], note["value"]) for one in run.wrong.all() for note in one.notes) if wrong else {}
    places = {header: place for place, header in enumerate(run.headers) if header}
    lines = []
    for one in wrong:
        cells = [shown(cell) for cell in fixed(run, one.row, one.cells)]
        about = " · ".join([text for text in cells if text][:3])[:80]
        for column in dict.fromkeys(note["column"] for note in one.notes):
            notes = [note for note in one.notes if note["column"] == column]
            place = places.get(column)
            others = often[column, notes[0]["value"]] - 1
            lines.append({
                "row": one.row, "about": about, "column": column, "place": place, "cell": cells[place] if place is not None else "",
                "why": " ".join(dict.fromkeys(note["message"] for note in notes)), "others": others if place is not None else 0,
                "label": _("Row %(row)d, %(column)s") % {"row": one.row, "column": column},
            })  # fmt: skip
    return lines
